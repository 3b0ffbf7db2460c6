package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"altv-tray/monitor"
	"altv-tray/monitor/history"
	"altv-tray/monitor/simulator"
	"altv-tray/settings"
)

// toldServer is a watch of a server that says what it is told.
type toldServer struct{ tell func(monitor.ServerFact) }

func (*toldServer) Run(ctx context.Context) { <-ctx.Done() }
func (*toldServer) Urgent(bool)             {}
func (*toldServer) Signal()                 {}
func (*toldServer) Recheck()                {}

// TestSimulatedDay is a day in which the server restarts every ten minutes, with
// settings of a hundred profiles and a history of ten thousand rows. Nothing of
// it is on the clock but what the processor really does. The command runs it
// with dayVariable set and reads its lines; without, it is an hour long.
func TestSimulatedDay(t *testing.T) {
	hours := 1
	if os.Getenv(dayVariable) != "" {
		hours = 24
	}
	dir := t.TempDir()
	if err := fillHistory(dir, 10_000); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "settings.toml")
	if err := os.WriteFile(file, []byte(setup{client: "127.0.0.1:9223", server: "127.0.0.1:7788", profiles: 99}.text()), 0o600); err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		day(t, dir, file, hours)
	})
}

func day(t *testing.T, dir, file string, hours int) {
	var network simulator.Network
	w := simulator.New(simulator.Options{Speed: speed, Listen: network.Listen})
	if err := w.Start("127.0.0.1:9223", "127.0.0.1:7788"); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = w.Close() }()
	if err := w.Client.SetStatus("IN_GAME"); err != nil {
		t.Fatal(err)
	}
	store, err := settings.Open(file, "")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := history.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	var polls atomic.Int64
	var server toldServer
	m := monitor.New(monitor.Target{
		Address: "127.0.0.1:9223",
		Config:  monitor.Config{Auto: true, Attempts: 5, JoinTimeout: time.Minute},
		NewWatcher: func(tell func(monitor.ServerFact)) monitor.Watcher {
			server.tell = tell
			return &server
		},
	}, monitor.Options{Dial: func(ctx context.Context, n, address string) (net.Conn, error) {
		conn, err := network.Dial(ctx, n, address)
		if err != nil {
			return nil, err
		}
		return counted{conn, &polls}, nil
	}})
	sub := m.Subscribe()
	ctx, cancel := context.WithCancel(t.Context())
	defer func() { cancel(); synctest.Wait() }()
	go m.Run(ctx)
	recorder := history.NewRecorder(m.Snapshot().Start, time.Now)
	synctest.Wait()
	server.tell(monitor.ServerFact{State: monitor.ServerStarting})
	for hour := range hours {
		before, cpu := polls.Load(), cpuTime(os.Getpid())
		for range 6 {
			<-time.After(10 * time.Minute)
			server.tell(monitor.ServerFact{State: monitor.ServerDown})
			server.tell(monitor.ServerFact{State: monitor.ServerStarting})
			<-time.After(5 * time.Second)
			_, events, _ := sub.Take()
			for _, e := range events {
				if entry, ok := recorder.Record(e, "default"); ok {
					if err := rows.Append(entry); err != nil {
						t.Fatal(err)
					}
				}
			}
		}
		if err := store.Set("auto_reconnect.attempts", 1+hour%9); err != nil {
			t.Fatal(err)
		}
		each := (cpuTime(os.Getpid()) - cpu) / time.Duration(max(1, polls.Load()-before))
		runtime.GC()
		fmt.Printf("%s %d %d %d\n", dayPrefix, hour+1, each.Nanoseconds(), memory(os.Getpid(), "VmRSS"))
	}
	if got, want := w.Client.Joins(), 6*hours; got != want {
		t.Errorf("%d reconnects in %d hours, want %d", got, hours, want)
	}
	if n := polls.Load(); n < int64(3500*hours) {
		t.Errorf("%d polls in %d hours", n, hours)
	}
}

func TestPlot(t *testing.T) {
	g := growth{
		day: []point{{1, 20, 9e6}, {2, 21, 9e6}, {3, 20, 9.1e6}},
		log: []point{{0, 0, 9e6}, {250, 0, 9.5e6}, {500, 0, 9.5e6}},
	}
	plot := g.plot()
	if strings.Count(plot, "<polyline") != 3 || !strings.HasSuffix(plot, "</svg>\n") || strings.Contains(plot, "NaN") {
		t.Error(plot)
	}
	if !strings.Contains(g.section(), "growth.svg") || (growth{}).section() != "" || (growth{}).plot() != "" {
		t.Error("the page does not show what there is")
	}
}
