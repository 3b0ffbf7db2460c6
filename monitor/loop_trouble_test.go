package monitor

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"altv-tray/monitor/debugport"
)

// The loop when things change or go wrong under it.

func TestConfigureInTheMiddleOfARequest(t *testing.T) {
	inBubble(t, "MAIN_MENU", nil, func(b *bench) {
		b.pass(time.Second)
		b.port.mu.Lock()
		b.port.hold = make(chan struct{})
		b.port.mu.Unlock()
		b.pass(time.Second) // a request hangs at A
		second := openPort(t, &b.network, portB, "LOADING")
		defer second.close()
		target := b.target
		target.Config.Client = portB
		b.Configure(target)
		b.pass(10 * time.Millisecond)
		if got := b.Snapshot().Client.Status; got != debugport.Loading {
			t.Errorf("10 ms after the change the client is %v, want what the new address says", b.Snapshot().Client)
		}
		before, _ := b.port.seen()
		b.pass(time.Minute)
		if after, posts := b.port.seen(); after != before || len(posts) != 0 {
			t.Errorf("the old address was asked %d times more", after-before)
		}
		if got := b.Snapshot().Client.Status; got != debugport.Loading {
			t.Errorf("a minute later it is %v", got)
		}
		b.end()
		<-b.ended
	})
}

func TestConfigureToAnotherServerAndBack(t *testing.T) {
	inBubble(t, "MAIN_MENU", nil, func(b *bench) {
		b.serverReady()
		first := b.watch
		old := first.tell
		b.watch = &fakeWatch{}
		target := b.target
		target.Config.Profile = "other"
		b.Configure(target)
		synctest.Wait()
		if !first.ended {
			t.Error("the old watch goes on")
		}
		if s := b.Snapshot().Server; s != ServerUnknown {
			t.Errorf("the new server is %v", s)
		}
		for range 20 { // whether it still reaches the loop is a matter of chance
			old(ServerFact{State: ServerDown}) // must neither block nor count
		}
		b.pass(time.Second)
		if s := b.Snapshot().Server; s != ServerUnknown {
			t.Errorf("what the old watch said counts: %v", s)
		}
		b.Configure(target)
		synctest.Wait()
		if b.watch.ended {
			t.Error("the same settings again end the watch")
		}
		second := b.watch
		target.Config.Ready = "log"
		b.Configure(target)
		if synctest.Wait(); !second.ended {
			t.Error("the watch goes on though the server is watched in another way")
		}
	})
}

func TestSlowSubscriberDoesNotHoldTheLoopUp(t *testing.T) {
	inBubble(t, "MAIN_MENU", nil, func(b *bench) {
		words := []string{"MAIN_MENU", "LOADING"}
		for i := range 2000 {
			b.port.say(words[i%2])
			b.pass(time.Second)
		}
		snap, events := b.sub.Take()
		if len(events) != maxQueued {
			t.Errorf("%d events", len(events))
		}
		if !slices.IsSortedFunc(events, func(a, b Event) int { return int(a.At - b.At) }) {
			t.Error("the events are out of order")
		}
		if snap != b.Snapshot() {
			t.Error("the snapshot is not the newest")
		}
		if last := events[len(events)-1]; b.Snapshot().TimeAt(time.Now())-last.At > 3*time.Second {
			t.Errorf("the newest event is from %v", last.At)
		}
		if _, events := b.sub.Take(); len(events) != 0 {
			t.Error("what was taken comes again")
		}
		b.sub.Close()
		b.port.say("ERROR")
		b.pass(2 * time.Second)
		if snap, events := b.sub.Take(); len(events) != 0 || snap.Client.Status == debugport.Error {
			t.Error("a closed subscription goes on")
		}
	})
}

func TestSubscriberSeesEveryEventInOrder(t *testing.T) {
	inBubble(t, "LOADING", nil, func(b *bench) {
		b.port.say("MAIN_MENU")
		b.pass(2 * time.Second)
		select {
		case <-b.sub.C():
		default:
			t.Fatal("nothing was signalled")
		}
		if got := b.events(); !slices.Equal(got, []EventKind{ClientChanged, ClientChanged, ClientReady}) {
			t.Errorf("the events are %v", got)
		}
		select {
		case <-b.sub.C():
			t.Error("it is signalled again, and there is nothing to take")
		default:
		}
	})
}

func TestSleepThroughTheLoop(t *testing.T) {
	t.Run("nothing is sent until both sides are seen again", func(t *testing.T) {
		inBubble(t, "MAIN_MENU", nil, func(b *bench) {
			b.serverReady()
			b.pass(time.Second)
			b.sleepFor(8 * time.Hour)
			b.Reconnect()
			b.pass(5 * time.Second)
			if _, posts := b.port.seen(); len(posts) != 0 || b.watch.rechecks != 1 {
				t.Errorf("%d POSTs, the watch was told %d times to look afresh", len(posts), b.watch.rechecks)
			}
			b.watch.tell(ServerFact{State: ServerStarting})
			b.pass(100 * time.Millisecond)
			if _, posts := b.port.seen(); len(posts) != 1 {
				t.Errorf("%d POSTs afterwards", len(posts))
			}
		})
	})
	t.Run("an answer from before is not fresh", func(t *testing.T) {
		inBubble(t, "MAIN_MENU", nil, func(b *bench) {
			b.serverReady()
			b.pass(500 * time.Millisecond)
			hold := make(chan struct{})
			b.port.mu.Lock()
			b.port.hold = hold
			b.port.mu.Unlock()
			b.Reconnect() // its poll hangs, the client saying MAIN_MENU
			b.pass(100 * time.Millisecond)
			b.port.say("LOADING")
			b.sleepFor(8 * time.Hour)
			b.watch.tell(ServerFact{State: ServerStarting})
			b.port.mu.Lock()
			b.port.hold = nil
			b.port.mu.Unlock()
			close(hold)
			b.pass(time.Second)
			if _, posts := b.port.seen(); len(posts) != 0 {
				t.Error("it was sent on a status from before the sleep")
			}
			if got := b.Snapshot().Client.Status; got != debugport.Loading {
				t.Errorf("the client is %v", got)
			}
			_, events := b.sub.Take()
			slept := slices.IndexFunc(events, func(e Event) bool { return e.Kind == Slept })
			for _, e := range events[slept+1:] {
				if e.Kind == ClientChanged && e.To.Status == debugport.MainMenu {
					t.Error("a status from before the sleep was taken for a fresh one")
				}
			}
		})
	})
}

// An answer that had lain unread while the process stood still is not fresh,
// however short the time since it was read.
func TestAnswerReadTooLate(t *testing.T) {
	inBubble(t, "", nil, func(b *bench) {
		b.deaf.Store(true)
		b.port = openPort(t, &b.network, portA, "LOADING")
		defer b.port.close()
		b.pass(5 * time.Second)
		b.Reconnect()
		b.pass(time.Second)
		hold := make(chan struct{})
		b.port.mu.Lock()
		b.port.hold, b.port.word = hold, "MAIN_MENU"
		b.port.mu.Unlock()
		b.pass(100 * time.Millisecond) // its answer is MAIN_MENU
		b.port.mu.Lock()
		b.port.hold, b.port.word = nil, "LOADING"
		b.port.mu.Unlock()
		b.pass(20 * time.Second)
		close(hold)
		b.pass(time.Second)
		if _, posts := b.port.seen(); len(posts) != 0 {
			t.Errorf("it was sent on a status that is 20 s old, while the client said %s", posts[0].word)
		}
		b.port.say("MAIN_MENU")
		b.pass(time.Second)
		if _, posts := b.port.seen(); len(posts) != 1 {
			t.Errorf("%d POSTs afterwards", len(posts))
		}
		b.end() // before the port is closed
		<-b.ended
	})
}

func TestShutdownLeavesNothing(t *testing.T) {
	hanging := func(ctx context.Context) (string, Reason) {
		<-ctx.Done()
		return "", KeyringLocked
	}
	inBubble(t, "MAIN_MENU", func(target *Target) { target.Password = hanging }, func(b *bench) {
		b.serverReady()
		b.Reconnect()
		b.pass(100 * time.Millisecond)
		b.port.mu.Lock()
		b.port.hold = make(chan struct{})
		b.port.mu.Unlock()
		b.pass(100 * time.Millisecond) // a poll and the keyring hang
		begin := time.Now()
		b.end()
		<-b.ended
		if took := time.Since(begin); took > 0 {
			t.Errorf("the end took %v", took)
		}
		if !b.watch.ended {
			t.Error("the watch goes on")
		}
		if job, joined := b.Reconnect(); job != 0 || joined {
			t.Errorf("an ended monitor gives job %d", job)
		}
		b.Apply(Cancel(0))
		b.Apply(Pause(0))
		b.Apply(Resume())
		b.Ready()
		b.Apply(PasswordChanged())
		b.Configure(b.target)
		b.watch.tell(ServerFact{State: ServerDown})
		if _, err := b.sub.Await(b.t.Context(), 0, true); err != context.Canceled {
			t.Errorf("Await gives %v", err)
		}
	})
}

// TestShutdownInTheMiddleOfAPost: the POST is abandoned, nothing is left.
func TestShutdownInTheMiddleOfAPost(t *testing.T) {
	inBubble(t, "MAIN_MENU", nil, func(b *bench) {
		b.pass(time.Second)
		b.Reconnect()
		b.end()
		<-b.ended
	})
}

func TestPasswordThroughTheLoop(t *testing.T) {
	// Each reading ends when the test answers it.
	type reading struct{ answer chan string }
	setting := func() (chan reading, func(*Target)) {
		readings := make(chan reading, 10)
		return readings, func(target *Target) {
			target.Password = func(ctx context.Context) (string, Reason) {
				r := reading{make(chan string, 1)}
				readings <- r
				select {
				case p := <-r.answer:
					return p, NoReason
				case <-ctx.Done():
					return "", KeyringLocked
				}
			}
		}
	}
	bodies := func(b *bench) (all []string) {
		_, posts := b.port.seen()
		for _, p := range posts {
			all = append(all, p.body)
		}
		return all
	}
	t.Run("slow: polls go on, and it is sent when the password is there", func(t *testing.T) {
		synctestReadings(t, setting, func(b *bench, readings chan reading) {
			b.Reconnect()
			r := <-readings
			before, _ := b.port.seen()
			b.pass(30 * time.Second)
			after, posts := b.port.seen()
			within(t, "polls in the meantime", after-before, 600, 3)
			if len(posts) != 0 {
				t.Fatal("it was sent without a password")
			}
			r.answer <- "late"
			b.pass(100 * time.Millisecond)
			if got := bodies(b); !slices.Equal(got, []string{"late"}) {
				t.Errorf("it sent %q", got)
			}
		})
	})
	t.Run("stale: another profile was chosen meanwhile", func(t *testing.T) {
		synctestReadings(t, setting, func(b *bench, readings chan reading) {
			b.Reconnect()
			first := <-readings
			target := b.target
			target.Config.Profile = "other"
			b.Configure(target)
			b.Reconnect()
			second := <-readings
			first.answer <- "of the first profile"
			b.pass(time.Second)
			if got := bodies(b); got != nil {
				t.Errorf("it sent %q", got)
			}
			second.answer <- "of the second profile"
			b.pass(time.Second)
			if got := bodies(b); !slices.Equal(got, []string{"of the second profile"}) {
				t.Errorf("it sent %q", got)
			}
		})
	})
	t.Run("stale: another password was stored meanwhile", func(t *testing.T) {
		synctestReadings(t, setting, func(b *bench, readings chan reading) {
			b.Reconnect()
			first := <-readings
			b.Apply(PasswordChanged())
			second := <-readings
			second.answer <- "new"
			b.pass(time.Second)
			first.answer <- "old"
			b.pass(time.Second)
			if got := bodies(b); !slices.Equal(got, []string{"new"}) {
				t.Errorf("it sent %q", got)
			}
		})
	})
	t.Run("stale: cancelled and asked for again", func(t *testing.T) {
		synctestReadings(t, setting, func(b *bench, readings chan reading) {
			b.Reconnect()
			first := <-readings
			b.Apply(Cancel(0))
			b.Reconnect()
			second := <-readings
			first.answer <- "first"
			b.pass(time.Second)
			if got := bodies(b); got != nil {
				t.Errorf("it sent %q", got)
			}
			second.answer <- "second"
			b.pass(time.Second)
			if got := bodies(b); !slices.Equal(got, []string{"second"}) {
				t.Errorf("it sent %q", got)
			}
		})
	})
}

// synctestReadings makes the readings inside the bubble, where they have to be.
func synctestReadings[R any](t *testing.T, setting func() (chan R, func(*Target)), f func(*bench, chan R)) {
	t.Helper()
	var readings chan R
	inBubble(t, "MAIN_MENU", func(target *Target) {
		var change func(*Target)
		readings, change = setting()
		change(target)
	}, func(b *bench) { f(b, readings) })
}
