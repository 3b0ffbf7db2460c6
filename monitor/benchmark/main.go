package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"time"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "benchmark: "+err.Error())
		os.Exit(1)
	}
}

// plan is what was asked for on the command line.
type plan struct {
	samples  int
	restarts int
	rest     time.Duration // how long the idle program is watched
	warm     time.Duration // how long it runs before that
	docs     string        // folder for the page and the plot; empty: print only
	growth   bool
}

func run() error {
	var p plan
	flag.IntVar(&p.samples, "samples", 200, "how many samples of each latency")
	flag.IntVar(&p.restarts, "restarts", 100, "how many restarts of each length")
	flag.DurationVar(&p.rest, "rest", time.Minute, "how long the idle program is watched")
	flag.DurationVar(&p.warm, "warm", 30*time.Second, "how long it has run before that")
	flag.StringVar(&p.docs, "docs", "", "folder in which to write README.md, as assets/performance")
	flag.BoolVar(&p.growth, "growth", false, "measure growth as well: a simulated day, a long log, many profiles")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	dir, err := os.MkdirTemp("", "altv-tray-benchmark-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	page, plot, err := measure(ctx, p, dir)
	if err != nil {
		return err
	}
	fmt.Print(page)
	if p.docs == "" {
		return nil
	}
	if plot != "" {
		if err := os.WriteFile(filepath.Join(p.docs, "growth.svg"), []byte(plot), 0o644); err != nil {
			return err
		}
	}
	return os.WriteFile(filepath.Join(p.docs, "README.md"), []byte(page), 0o644)
}

// measure takes every measurement, one after another, and makes the page.
func measure(ctx context.Context, p plan, dir string) (page, plot string, err error) {
	progress("building")
	built, err := build(ctx, dir)
	if err != nil {
		return "", "", err
	}
	r := report{plan: p, machine: describeMachine(), sizes: built.sizes, node: findNode(ctx)}
	steps := []struct {
		what string
		do   func() error
	}{
		{"growth", func() (err error) {
			if p.growth {
				r.growth, err = measureGrowth(ctx, built.program, dir)
			}
			return
		}},
		{"idle", func() (err error) { r.idle, err = measureIdle(ctx, p, built.program, dir); return }},
		{"polls", func() (err error) { r.polls, err = measurePolls(ctx); return }},
		{"start to icon", func() (err error) { r.icons, err = measureIcon(ctx, built.program, dir); return }},
		{"client ready", func() (err error) { r.client, err = measureClientReady(ctx, p, r.node, built.program, dir); return }},
		{"server ready", func() (err error) { r.server, err = measureServerReady(ctx, p, r.node, built.program, dir); return }},
		{"restarts", func() (err error) { r.restarts, err = measureRestarts(ctx, p, built.program, dir); return }},
	}
	for _, s := range steps {
		progress(s.what)
		if err := s.do(); err != nil {
			return "", "", fmt.Errorf("measuring %s: %w", s.what, err)
		}
	}
	return r.page(), r.growth.plot(), nil
}

func progress(what string) { fmt.Fprintln(os.Stderr, time.Now().Format("15:04:05"), what) }
