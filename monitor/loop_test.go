package monitor

import (
	"context"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"altv-tray/monitor/debugport"

	"altv-tray/monitor/problem"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestPolling(t *testing.T) {
	t.Run("once a second with nothing pending, each over a connection that it ends", func(t *testing.T) {
		inBubble(t, "IN_GAME", nil, func(b *bench) {
			b.pass(10 * time.Minute)
			gets, _ := b.port.seen()
			within(t, "polls in ten minutes", gets, 600, 2)
			if b.port.conns != gets || b.port.open != 0 || b.port.most != 1 {
				t.Errorf("%d connections for %d polls, %d are open; %d requests at once", b.port.conns, gets, b.port.open, b.port.most)
			}
		})
	})
	t.Run("every 2 s while nothing listens", func(t *testing.T) {
		inBubble(t, "", nil, func(b *bench) {
			b.pass(10 * time.Minute)
			within(t, "dials in ten minutes", int(b.dials.Load()), 300, 2)
			if got := b.Snapshot().Client.Outcome; got != debugport.NotRunning {
				t.Errorf("the client is %v", got)
			}
		})
	})
	t.Run("every 50 ms while a reconnect is pending, over one connection", func(t *testing.T) {
		inBubble(t, "LOADING", nil, func(b *bench) {
			b.pass(time.Second)
			before, _ := b.port.seen()
			conns := b.port.conns
			b.Reconnect()
			b.pass(time.Minute)
			gets, posts := b.port.seen()
			within(t, "polls in a minute", gets-before, 1200, 3)
			if b.port.conns != conns+1 || b.port.most != 1 || len(posts) != 0 {
				t.Errorf("%d connections, %d requests at once, %d POSTs", b.port.conns-conns, b.port.most, len(posts))
			}
			b.Apply(Cancel(0))
			b.pass(1100 * time.Millisecond)
			if b.port.conns > conns+2 || b.port.open != 0 {
				t.Errorf("after its end there are %d connections, %d open", b.port.conns-conns, b.port.open)
			}
		})
	})
	t.Run("a client that starts is seen within 2.1 s", func(t *testing.T) {
		inBubble(t, "", nil, func(b *bench) {
			b.pass(61 * time.Second)
			b.port = openPort(t, &b.network, portA, "LOADING")
			defer b.port.close()
			b.pass(2100 * time.Millisecond)
			if got := b.Snapshot().Client.Status; got != debugport.Loading {
				t.Errorf("it is %v", got)
			}
			b.end() // before the port is closed
			<-b.ended
		})
	})
	t.Run("one that hangs is asked no faster than it is waited for", func(t *testing.T) {
		inBubble(t, "MAIN_MENU", nil, func(b *bench) {
			b.port.mu.Lock()
			b.port.hold = make(chan struct{})
			b.port.mu.Unlock()
			b.Reconnect()
			before, _ := b.port.seen()
			b.pass(time.Minute)
			gets, _ := b.port.seen()
			// After each time-out the connection is a new one.
			if gets-before > 31 || gets-before < 25 {
				t.Errorf("%d polls in a minute of silence, want about 30", gets-before)
			}
			if got := b.Snapshot().Client.Outcome; got != debugport.NoAnswer {
				t.Errorf("the client is %v", got)
			}
		})
	})
}

func TestStateChangeIsSeenSoon(t *testing.T) {
	for _, c := range []struct {
		name  string
		limit time.Duration
		ask   bool
	}{{"with nothing pending", 1100 * time.Millisecond, false}, {"with a reconnect pending", 100 * time.Millisecond, true}} {
		t.Run(c.name, func(t *testing.T) {
			inBubble(t, "LOADING", nil, func(b *bench) {
				b.pass(3*time.Second + 10*time.Millisecond)
				if c.ask {
					b.Reconnect()
					b.pass(330 * time.Millisecond)
				}
				for _, word := range []string{"ERROR", "DISCONNECTING", "CONNECTING"} {
					b.port.say(word)
					b.pass(c.limit)
					if got := b.Snapshot().Client.String(); got != word {
						t.Errorf("%v after it said %s it is %s", c.limit, word, got)
					}
				}
			})
		})
	}
}

func TestClick(t *testing.T) {
	t.Run("ready: the POST follows at once", func(t *testing.T) {
		inBubble(t, "MAIN_MENU", nil, func(b *bench) {
			b.pass(3330 * time.Millisecond)
			clicked := time.Now()
			job, joined := b.Reconnect()
			b.pass(time.Second)
			_, posts := b.port.seen()
			if len(posts) != 1 || job == 0 || joined {
				t.Fatalf("job %d, joined %v: %d POSTs", job, joined, len(posts))
			}
			if took := posts[0].at.Sub(clicked); took > 60*time.Millisecond {
				t.Errorf("the POST came after %v", took)
			}
			if posts[0].body != "geheim" || posts[0].word != "MAIN_MENU" {
				t.Errorf("the POST was %+v", posts[0])
			}
		})
	})
	t.Run("busy: within 60 ms after the client is ready", func(t *testing.T) {
		inBubble(t, "DOWNLOADING_FILES", nil, func(b *bench) {
			b.Reconnect()
			b.pass(20*time.Second + 7*time.Millisecond)
			if _, posts := b.port.seen(); len(posts) != 0 {
				t.Fatal("it was sent while the client was busy")
			}
			ready := time.Now()
			b.port.say("IN_GAME")
			b.pass(time.Second)
			_, posts := b.port.seen()
			if len(posts) != 1 {
				t.Fatalf("%d POSTs", len(posts))
			}
			if took := posts[0].at.Sub(ready); took > 60*time.Millisecond {
				t.Errorf("the POST came %v after the client was ready", took)
			}
		})
	})
	t.Run("no client: refused within a moment", func(t *testing.T) {
		inBubble(t, "", nil, func(b *bench) {
			b.pass(3 * time.Second)
			job, _ := b.Reconnect()
			b.pass(10 * time.Millisecond)
			if last := b.Snapshot().Last; last.Job != job || last.Reason != ClientAbsent {
				t.Errorf("job %d: the last result is %+v", job, last)
			}
		})
	})
	t.Run("many at once make one POST", func(t *testing.T) {
		inBubble(t, "MAIN_MENU", nil, func(b *bench) {
			b.pass(time.Second)
			var clicks sync.WaitGroup
			var mu sync.Mutex
			jobs, first := map[uint64]bool{}, 0
			for range 20 {
				clicks.Go(func() {
					job, joined := b.Reconnect()
					mu.Lock()
					defer mu.Unlock()
					if jobs[job] = true; !joined {
						first++
					}
				})
			}
			clicks.Wait()
			b.pass(time.Second)
			_, posts := b.port.seen()
			if len(posts) != 1 || len(jobs) != 1 || first != 1 || jobs[0] {
				t.Errorf("%d POSTs for the jobs %v, %d of them the first", len(posts), jobs, first)
			}
		})
	})
	t.Run("the client joins", func(t *testing.T) {
		inBubble(t, "MAIN_MENU", nil, func(b *bench) {
			b.port.onPost = func() { b.port.word = "CONNECTING" } // under its lock
			job, _ := b.Reconnect()
			ctx, cancel := context.WithTimeout(b.t.Context(), time.Minute)
			defer cancel()
			sub := b.Subscribe()
			defer sub.Close()
			if e, err := b.sub.Await(ctx, job, false); err != nil || e.Kind != Answered || e.Answer != debugport.Accepted || e.Code != 200 {
				t.Errorf("the answer is %+v, %v", e, err)
			}
			b.pass(5 * time.Second)
			b.port.say("IN_GAME")
			if e, err := sub.Await(ctx, job, true); err != nil || e.Kind != Joined {
				t.Errorf("it ends in %+v, %v", e, err)
			}
		})
	})
	// Whether it was accepted then shows in what the client does.
	for word, want := range map[string]EventKind{"CONNECTING": Answered, "MAIN_MENU": Failed} {
		t.Run("no answer, then "+word, func(t *testing.T) {
			inBubble(t, "MAIN_MENU", nil, func(b *bench) {
				b.port.answer = -1
				b.port.onPost = func() { b.port.word = word }
				job, _ := b.Reconnect()
				ctx, cancel := context.WithTimeout(b.t.Context(), time.Minute)
				defer cancel()
				if e, err := b.sub.Await(ctx, job, false); err != nil || e.Kind != want {
					t.Errorf("it is settled by %+v, %v", e, err)
				}
			})
		})
	}
}

func TestAutomaticThroughTheLoop(t *testing.T) {
	inBubble(t, "IN_GAME", nil, func(b *bench) {
		b.serverReady()
		b.pass(time.Second)
		b.watch.tell(ServerFact{State: ServerDown, Why: *problem.New(problem.ServerRefused)})
		b.pass(300 * time.Millisecond)
		b.watch.tell(ServerFact{State: ServerStarting})
		up := time.Now()
		b.pass(2 * time.Second)
		_, posts := b.port.seen()
		if len(posts) != 1 {
			t.Fatalf("%d POSTs", len(posts))
		}
		if took := posts[0].at.Sub(up); took < 500*time.Millisecond || took > 560*time.Millisecond {
			t.Errorf("the POST came %v after the server was up, want ready_delay and 60 ms at most", took)
		}
		if !slices.Equal(b.watch.urgent, []bool{true}) {
			t.Errorf("the watch was told urgent %v", b.watch.urgent)
		}
		b.Ready()
		if synctest.Wait(); b.watch.signals != 1 {
			t.Errorf("%d signals reached the watch", b.watch.signals)
		}
	})
}

func TestPauseThroughTheLoop(t *testing.T) {
	inBubble(t, "MAIN_MENU", nil, func(b *bench) {
		b.serverReady()
		b.pass(time.Minute)
		restart := func() int {
			b.watch.tell(ServerFact{State: ServerDown})
			b.watch.tell(ServerFact{State: ServerStarting})
			b.pass(10 * time.Second)
			_, posts := b.port.seen()
			return len(posts)
		}
		b.Apply(Pause(15 * time.Minute))
		if n := restart(); n != 0 {
			t.Fatalf("%d POSTs while paused", n)
		}
		b.pass(15*time.Minute - 11*time.Second)
		if b.Snapshot().PausedUntil == 0 {
			t.Error("the pause ended too soon")
		}
		b.pass(1100 * time.Millisecond)
		if b.Snapshot().PausedUntil != 0 {
			t.Error("the pause did not end")
		}
		b.Apply(Pause(0))
		if n := restart(); n != 0 || b.Snapshot().PausedUntil != Forever {
			t.Fatalf("%d POSTs while paused until %v", n, b.Snapshot().PausedUntil)
		}
		b.Apply(Resume())
		if n := restart(); n == 0 {
			t.Error("nothing was sent after the pause")
		}
	})
}

// The watch reports only changes, so its last report stays true.
func TestConfigureToAnotherClientOfTheSameServer(t *testing.T) {
	inBubble(t, "MAIN_MENU", nil, func(b *bench) {
		b.serverReady()
		target := b.target
		target.Config.Client = portB
		b.Configure(target)
		b.pass(time.Second)
		if s := b.Snapshot().Server; s != ServerReady {
			t.Errorf("the server is %v", s)
		}
		if b.watch.ended {
			t.Error("the watch over the server ended")
		}
	})
}

// TestAskedInTheMiddleOfAPoll: a poll that was begun with nothing pending ends its
// connection, so nothing may be sent on what it says. The next one comes at once.
func TestAskedInTheMiddleOfAPoll(t *testing.T) {
	inBubble(t, "MAIN_MENU", nil, func(b *bench) {
		b.pass(time.Second)
		hold := make(chan struct{})
		b.port.mu.Lock()
		b.port.hold = hold
		b.port.mu.Unlock()
		b.pass(time.Second) // a poll hangs
		b.Reconnect()
		b.pass(100 * time.Millisecond) // the password has been read
		b.port.mu.Lock()
		b.port.hold = nil
		gets, conns := b.port.gets, b.port.conns
		b.port.mu.Unlock()
		close(hold)
		b.pass(10 * time.Millisecond)
		after, posts := b.port.seen()
		if len(posts) != 1 || b.port.conns != conns+1 || after < gets+1 {
			t.Errorf("%d POSTs after %d more polls over %d connections", len(posts), after-gets, b.port.conns-conns)
		}
		for _, kind := range b.events() {
			if kind == Failed {
				t.Error("the reconnect has failed")
			}
		}
	})
}
