//go:build linux

package main

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"
)

// usage is what a process takes while nothing happens.
type usage struct {
	cpu     float64 // of one core, 1 is all of it
	rss     int64   // bytes
	anon    int64   // bytes of it that are not of files
	wakeups float64 // a second: times that one of its threads was put to work
}

// watchUsage begins to watch a process; what it returns ends that.
func watchUsage(pid int) func() usage {
	began, cpu, switches := time.Now(), cpuTime(pid), wakeups(pid)
	return func() usage {
		d := time.Since(began)
		return usage{
			cpu:     float64(cpuTime(pid)-cpu) / float64(d),
			wakeups: float64(wakeups(pid)-switches) / d.Seconds(),
			rss:     memory(pid, "VmRSS"), anon: memory(pid, "RssAnon"),
		}
	}
}

// cpuTime is what all threads have run, to the nanosecond: the times in
// /proc/PID/stat are too coarse for so little.
func cpuTime(pid int) (all time.Duration) {
	files, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/schedstat", pid))
	for _, file := range files {
		text, _ := os.ReadFile(file)
		if fields := strings.Fields(string(text)); len(fields) > 0 {
			n, _ := strconv.ParseInt(fields[0], 10, 64)
			all += time.Duration(n)
		}
	}
	return all
}

// wakeups counts how often a thread has gone to sleep of its own accord, which
// is how often one was woken.
func wakeups(pid int) (all int64) {
	files, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/status", pid))
	for _, file := range files {
		all += field(file, "voluntary_ctxt_switches")
	}
	return all
}

func memory(pid int, name string) int64 {
	return field(fmt.Sprintf("/proc/%d/status", pid), name) << 10
}

func field(file, name string) int64 {
	f, err := os.Open(file)
	if err != nil {
		return 0
	}
	defer func() { _ = f.Close() }()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if value, ok := strings.CutPrefix(lines.Text(), name+":"); ok {
			n, _ := strconv.ParseInt(strings.Fields(value)[0], 10, 64)
			return n
		}
	}
	return 0
}

// describeMachine says what the figures were taken on.
func describeMachine() string {
	model := "unknown processor"
	if text, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		for line := range strings.Lines(string(text)) {
			if name, value, _ := strings.Cut(line, ":"); strings.TrimSpace(name) == "model name" {
				model = strings.TrimSpace(value)
			}
		}
	}
	load, _ := os.ReadFile("/proc/loadavg")
	kernel, _ := os.ReadFile("/proc/sys/kernel/osrelease")
	release, _, _ := strings.Cut(strings.TrimSpace(string(kernel)), "-") // without whose build it is
	busy, _, _ := strings.Cut(string(load), " ")
	return fmt.Sprintf("%s, %d cores, Linux %s, load average %s when it began", model, runtime.NumCPU(), release, busy)
}
