//go:build linux

// Command benchmark plays altv-tray and the logic of alt:V's official sample
// against the same simulated client, in one run on one machine, and prints what
// it measured as a Markdown page:
//
//	go run ./monitor/benchmark
//
// The simulated clients and game servers run in this process, altv-tray and the
// sample in processes of their own. It needs Linux, Go and dbus-daemon; without
// Node.js there is no column of the sample.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"time"
)

func main() {
	b := &bench{}
	flag.IntVar(&b.samples, "samples", 200, "how many samples of each latency")
	flag.IntVar(&b.restarts, "restarts", 100, "how many restarts of each length")
	flag.DurationVar(&b.rest, "rest", time.Minute, "how long the idle program is watched")
	flag.DurationVar(&b.warm, "warm", 30*time.Second, "how long it has run before that")
	docs := flag.String("docs", "", "folder in which to write README.md, as assets/performance")
	growth := flag.Bool("growth", false, "measure growth as well: a log of 500 MB, many profiles, a long history")
	flag.Parse()

	var err error
	b.dir, err = os.MkdirTemp("", "altv-tray-benchmark-")
	b.check(err)
	defer b.end()
	interrupted := make(chan os.Signal, 1)
	signal.Notify(interrupted, os.Interrupt)
	go func() { <-interrupted; b.Fatal("interrupted") }()

	b.check(os.Setenv("ALTV_TRAY_DESKTOP", "1")) // desktoptest's parts go by it
	r := report{machine: describeMachine(), node: findNode()}
	b.node = r.node != ""
	for _, step := range []struct {
		what string
		do   func()
	}{
		{"size", func() { r.sizes = b.build() }},
		{"growth", func() {
			if *growth {
				r.growth = b.growth()
			}
		}},
		{"idle", func() { r.idle, r.idleNode = b.idle() }},
		{"start to icon", func() { r.icons = b.icons() }},
		{"client ready", func() { r.client = b.clientReady() }},
		{"server ready", func() { r.server = b.serverReady() }},
		{"restarts", func() { r.noticed = b.noticed() }},
	} {
		progress(step.what)
		step.do()
		b.endParts()
	}
	fmt.Print(r.page())
	if *docs != "" {
		b.check(os.WriteFile(filepath.Join(*docs, "README.md"), []byte(r.page()), 0o644))
	}
}

func progress(what string) { fmt.Fprintln(os.Stderr, time.Now().Format("15:04:05"), what) }

type size struct {
	name  string
	bytes int64
}

// build builds the program as it is released: for this system, to run it, and for
// both systems, to weigh it.
func (b *bench) build() (sizes []size) {
	for _, system := range []string{"windows", "linux"} {
		flags := "-s -w"
		if system == "windows" {
			flags += " -H=windowsgui"
		}
		b.program = filepath.Join(b.dir, "altv-tray-"+system)
		cmd := exec.Command("go", "build", "-trimpath", "-ldflags", flags, "-o", b.program, "altv-tray")
		cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS="+system, "GOARCH=amd64")
		if out, err := cmd.CombinedOutput(); err != nil {
			b.Fatalf("building altv-tray for %s (run this in its repository): %v: %s", system, err, out)
		}
		info, err := os.Stat(b.program)
		b.check(err)
		sizes = append(sizes, size{system, info.Size()})
	}
	return sizes
}

// findNode returns Node.js's version, empty where there is none.
func findNode() string {
	out, err := exec.Command("node", "--version").Output()
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(out))
}
