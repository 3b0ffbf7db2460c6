//go:build linux

package main

import (
	"fmt"
	"os"
	"sync"
	"testing"
	"time"
)

// bench is one run: what was asked for, and all that has to be ended. It is a
// testing.TB, as far as the parts of desktoptest need one, whose failure ends the
// program.
type bench struct {
	testing.TB // nil

	samples, restarts int
	rest, warm        time.Duration
	program, dir      string
	node              bool

	mu   sync.Mutex
	ends []func()
}

func (b *bench) Helper()             {}
func (b *bench) Failed() bool        { return false }
func (b *bench) Logf(string, ...any) {}

func (b *bench) Cleanup(end func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.ends = append(b.ends, end)
}

func (b *bench) Fatal(why ...any) {
	fmt.Fprintln(os.Stderr, "benchmark:", fmt.Sprint(why...))
	b.end()
	os.Exit(1)
}

func (b *bench) Fatalf(format string, a ...any) { b.Fatal(fmt.Sprintf(format, a...)) }

func (b *bench) check(err error) {
	if err != nil {
		b.Fatal(err)
	}
}

// endParts ends what was started, the newest first.
func (b *bench) endParts() {
	for {
		b.mu.Lock()
		n := len(b.ends) - 1
		if n < 0 {
			b.mu.Unlock()
			return
		}
		end := b.ends[n]
		b.ends = b.ends[:n]
		b.mu.Unlock()
		end()
	}
}

func (b *bench) end() {
	b.endParts()
	_ = os.RemoveAll(b.dir)
}
