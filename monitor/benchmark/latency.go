//go:build linux

package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"sync"
	"time"

	"altv-tray/monitor/control"
	"altv-tray/tray/desktoptest"
)

// lanes is how many worlds of each kind run side by side, so that the sample's
// long waits do not add up.
const lanes = 4

// durations are sorted.
type durations []time.Duration

// at returns the quantile q, as 0.5 for the median; 0 where there are none.
func (d durations) at(q float64) time.Duration {
	if len(d) == 0 {
		return 0
	}
	return d[min(len(d)-1, int(q*float64(len(d))))]
}

// inLanes takes n samples with what begin makes for each lane.
func inLanes(n int, begin func() (take func() time.Duration)) (all durations) {
	var mu sync.Mutex
	var wait sync.WaitGroup
	for lane := range min(lanes, n) {
		wait.Go(func() {
			take := begin()
			for i := lane; i < n; i += lanes {
				d := take()
				mu.Lock()
				all = append(all, d)
				mu.Unlock()
			}
		})
	}
	wait.Wait()
	slices.Sort(all)
	return all
}

// versus are the latencies of both.
type versus struct{ ours, sample durations }

// both takes samples of altv-tray and, where there is Node.js, of the sample at
// the same time.
func (b *bench) both(ours, sample func() func() time.Duration) (v versus) {
	var wait sync.WaitGroup
	wait.Go(func() { v.ours = inLanes(b.samples, ours) })
	if b.node {
		wait.Go(func() { v.sample = inLanes(b.samples, sample) })
	}
	wait.Wait()
	return v
}

// pause waits for a random part of d, so that no phase is favoured.
func pause(d time.Duration) { time.Sleep(rand.N(d)) }

// clientReady: a reconnect is pending while the client loads; from the moment
// that it is in the main menu to the POST.
func (b *bench) clientReady() versus {
	ready := func(s *stage, d time.Duration) time.Duration {
		pause(d)
		at := time.Now()
		s.says("MAIN_MENU")
		return s.since(at)
	}
	return b.both(func() func() time.Duration {
		t := b.stage().tray(nil, false)
		return func() time.Duration {
			t.says("LOADING")
			over := make(chan struct{})
			go func() {
				defer close(over)
				var v control.ReconnectResult
				ask := control.Request{Wait: true, Timeout: time.Minute}
				if err := t.talk.Ask(context.Background(), control.Reconnect, ask, &v); err != nil || !v.OK {
					b.Fatal("the reconnect failed: ", v.Reason, err)
				}
			}()
			t.snapshot("the reconnect is pending", func(r control.Report) bool { return r.Reconnect != nil && r.Status == "LOADING" })
			d := ready(t.stage, time.Second)
			<-over
			return d
		}
	}, func() func() time.Duration {
		n := b.stage().sample()
		return func() time.Duration {
			n.says("LOADING")
			n.serverStarted()
			return ready(n.stage, 2500*time.Millisecond)
		}
	})
}

// serverReady: the client waits for the server; from the moment that its port is
// open to the POST. The sample runs inside the server and is called by it.
func (b *bench) serverReady() versus {
	return b.both(func() func() time.Duration {
		t := b.stage().tray(nil, true)
		return func() time.Duration { return t.since(t.restart(300*time.Millisecond + rand.N(time.Second))) }
	}, func() func() time.Duration {
		n := b.stage().sample()
		return func() time.Duration {
			n.says("IN_GAME")
			pause(time.Second)
			at := time.Now()
			n.serverStarted()
			return n.since(at)
		}
	})
}

// restart has the server away for that long, with the player in game, and
// returns when it is back.
func (t *tray) restart(away time.Duration) time.Time {
	t.calm() // a join that is cut short would look like one that failed
	pause(time.Second)
	if len(t.posts) > 0 {
		t.Fatal("there was a POST for which there was no reason")
	}
	t.server.Down()
	time.Sleep(away)
	t.server.Up(t.bench)
	return time.Now()
}

// noticed is how many restarts of a length were followed by a reconnect.
type noticed struct {
	away    time.Duration
	of, got int
}

func (b *bench) noticed() (all []noticed) {
	for _, away := range []time.Duration{50, 100, 200, 500} {
		n := noticed{away: away * time.Millisecond, of: b.restarts}
		came := inLanes(b.restarts, func() func() time.Duration {
			t := b.stage().tray(nil, true)
			return func() time.Duration {
				at := t.restart(n.away)
				post, came := t.post()
				if !came {
					log, _ := os.ReadFile(t.env.StateFile("altv-tray.log"))
					progress(fmt.Sprintf("a restart of %v was missed; the end of the log:\n%s", n.away, log[max(0, len(log)-2000):]))
					return missed
				}
				return post.Sub(at)
			}
		})
		for _, d := range came {
			if d != missed {
				n.got++
			}
		}
		all = append(all, n)
		b.endParts()
	}
	return all
}

// missed stands for a restart that was not followed by a reconnect.
const missed = time.Duration(1<<63 - 1)

// icons returns the times from the program's start to its icon's registration.
func (b *bench) icons() (all durations) {
	bus := desktoptest.StartBus(b)
	panel, s := desktoptest.StartPanel(b, bus), b.stage()
	for range 25 {
		t := s.launch(bus, false, "")
		all = append(all, panel.WaitForIcon(b, t.Process, 10*time.Second))
		t.Process.Signal(b, os.Kill)
		t.Process.Wait(b, 5*time.Second)
		desktoptest.Until(b, 5*time.Second, "the icon is gone", func() (bool, string) {
			_, there := panel.Registered()
			return !there, ""
		})
	}
	slices.Sort(all)
	return all
}
