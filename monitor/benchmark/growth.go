package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"altv-tray/monitor/history"
)

// point is one moment of something growing.
type point struct {
	x    float64 // hours, or MB of log
	cost float64 // of a poll, in µs; 0 where that was not measured
	rss  float64 // bytes
}

// growth is empty where it was not measured.
type growth struct{ day, log []point }

const (
	dayVariable = "ALTV_TRAY_BENCHMARK_DAY"
	dayPrefix   = "simulated hour, ns a poll, RSS:"
)

// measureGrowth has a day go by in virtual time, and the real program follow a
// log that grows to 500 MB, with 100 profiles and 10,000 rows of history.
func measureGrowth(ctx context.Context, program, dir string) (g growth, err error) {
	if runtime.GOOS != "linux" {
		return g, nil
	}
	// Virtual time is to be had in tests alone.
	cmd := exec.CommandContext(ctx, "go", "test", "-count=1", "-v", "-run", "TestSimulatedDay", "altv-tray/monitor/benchmark")
	cmd.Env = append(os.Environ(), dayVariable+"=1")
	out, err := cmd.CombinedOutput()
	if err != nil {
		return g, fmt.Errorf("the simulated day: %w: %s", err, out)
	}
	for lines := bufio.NewScanner(bytes.NewReader(out)); lines.Scan(); {
		var hour, each, rss float64
		if _, err := fmt.Sscanf(lines.Text(), dayPrefix+" %g %g %g", &hour, &each, &rss); err == nil {
			g.day = append(g.day, point{hour, each / 1000, rss})
		}
	}
	g.log, err = growLog(ctx, program, dir)
	return g, err
}

// steps of logStep MB are what the log grows by.
const (
	logSteps = 10
	logStep  = 50
)

func growLog(ctx context.Context, program, dir string) ([]point, error) {
	s, err := newStage()
	if err != nil {
		return nil, err
	}
	defer s.close()
	if err := s.inGame(); err != nil {
		return nil, err
	}
	folder, err := os.MkdirTemp(dir, "server-")
	if err != nil {
		return nil, err
	}
	log, err := os.Create(filepath.Join(folder, "server.log"))
	if err != nil {
		return nil, err
	}
	defer func() { _ = log.Close() }()
	if _, err := log.WriteString("[12:00:00] Server started\n"); err != nil {
		return nil, err
	}
	t, err := launch(ctx, program, dir, setup{
		client: s.world.Client.Addr(), server: s.door.address, folder: folder, ready: "log", automatic: true, profiles: 99,
	})
	if err != nil {
		return nil, err
	}
	defer t.end()
	if err := fillHistory(filepath.Join(t.dir, "altv-tray"), 10_000); err != nil {
		return nil, err
	}
	line := "[12:00:01] something that a game mode has to say about one of its players\n"
	more := []byte(strings.Repeat(line, logStep<<20/len(line)))
	var all []point
	for step := range logSteps + 1 {
		sleep(ctx, 3*time.Second)
		all = append(all, point{x: float64(step * logStep), rss: float64(memory(t.cmd.Process.Pid, "VmRSS"))})
		if step < logSteps {
			if _, err := log.Write(more); err != nil {
				return nil, err
			}
		}
	}
	return all, ctx.Err()
}

// fillHistory writes a history of n rows before the program looks at it.
func fillHistory(dir string, n int) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	var b bytes.Buffer
	at := time.Now().Add(-time.Duration(n) * time.Minute)
	for i := range n {
		entry := history.Entry{Kind: history.Reconnect, At: at.Add(time.Duration(i) * time.Minute), Profile: "default", Duration: 3 * time.Second, Cause: "by_hand", Joined: true, Attempts: 1}
		text, err := entry.MarshalJSON()
		if err != nil {
			return err
		}
		b.Write(append(text, '\n'))
	}
	return os.WriteFile(filepath.Join(dir, history.FileName), b.Bytes(), 0o600)
}
