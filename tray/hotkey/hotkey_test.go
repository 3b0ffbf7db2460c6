package hotkey

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"altv-tray/monitor/problem"
	"altv-tray/settings"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var (
	ctrlF9 = settings.Combination{Mods: settings.Ctrl, Key: "F9"}
	altR   = settings.Combination{Mods: settings.Alt, Key: "R"}
)

// fakeKeyboard stands for the system.
type fakeKeyboard struct {
	mu      sync.Mutex
	refuses error // nil: it gives the key
	tries   []settings.Combination
	holds   settings.Combination
	press   func()
	lose    chan error
}

func (f *fakeKeyboard) hold(ctx context.Context, r registration) error {
	f.mu.Lock()
	f.tries = append(f.tries, r.key)
	refuses := f.refuses
	if refuses == nil {
		f.holds, f.press, f.lose = r.key, r.press, make(chan error)
	}
	lose := f.lose
	f.mu.Unlock()
	if refuses != nil {
		return refuses
	}
	r.report(State{Stage: Registered, Backend: X11})
	defer func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		f.holds = settings.Combination{}
	}()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case err := <-lose:
		return err
	}
}

func (f *fakeKeyboard) refuse(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.refuses = err
}

// bench is a Keeper with a fakeKeyboard.
type bench struct {
	*Keeper
	t        *testing.T
	keyboard fakeKeyboard
	pressed  atomic.Int32
	beeps    chan bool
	refuses  atomic.Bool
	end      context.CancelFunc
}

func newBench(t *testing.T) *bench {
	t.Helper()
	store, err := settings.Open(filepath.Join(t.TempDir(), "settings.toml"), "")
	if err != nil {
		t.Fatal(err)
	}
	b := &bench{t: t, beeps: make(chan bool, 100)}
	b.Keeper = New(store, slog.New(slog.DiscardHandler), func() string { return "Reconnect now" }, func(context.Context) bool {
		b.pressed.Add(1)
		return !b.refuses.Load()
	})
	b.Keeper.hold, b.Keeper.beep = b.keyboard.hold, func(accepted bool) { b.beeps <- accepted }
	return b
}

func (b *bench) run() {
	ctx, end := context.WithCancel(b.t.Context())
	b.end = end
	go b.Run(ctx)
	synctest.Wait()
}

func (b *bench) set(key string, value any) {
	b.t.Helper()
	if err := b.store.Set(key, value); err != nil {
		b.t.Fatal(err)
	}
	synctest.Wait()
}

func (b *bench) is(want State) {
	b.t.Helper()
	if got := b.State(); got != want {
		b.t.Errorf("it stands at %+v, want %+v", got, want)
	}
	holds := settings.Combination{}
	if want.Stage == Registered {
		holds = want.Key
	}
	b.keyboard.mu.Lock()
	defer b.keyboard.mu.Unlock()
	if b.keyboard.holds != holds {
		b.t.Errorf("%v is held, want %v", b.keyboard.holds, holds)
	}
}

func (b *bench) tries() int {
	b.keyboard.mu.Lock()
	defer b.keyboard.mu.Unlock()
	return len(b.keyboard.tries)
}

// The key of the settings is held, and the one before it is free again.
func TestKeeperFollowsTheSettings(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		b.run()
		b.is(State{})
		b.set("hotkey.reconnect", ctrlF9)
		b.is(State{Key: ctrlF9, Stage: Registered, Backend: X11})
		b.set("hotkey.reconnect", altR)
		b.is(State{Key: altR, Stage: Registered, Backend: X11})
		b.set("auto_reconnect.attempts", 7) // nothing to do with it
		if n := b.tries(); n != 2 {
			t.Errorf("taken %d times", n)
		}
		b.set("hotkey.reconnect", "")
		b.is(State{})
		b.set("hotkey.reconnect", altR)
		b.end()
		synctest.Wait()
		b.keyboard.mu.Lock()
		defer b.keyboard.mu.Unlock()
		if b.keyboard.holds != (settings.Combination{}) {
			t.Error("it is held after the end")
		}
	})
}

// Nothing is tried again within a day, with no key and with a key that is held.
func TestKeeperRests(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		b.run()
		time.Sleep(24 * time.Hour)
		b.set("hotkey.reconnect", ctrlF9)
		time.Sleep(24 * time.Hour)
		b.is(State{Key: ctrlF9, Stage: Registered, Backend: X11})
		if n := b.tries(); n != 1 {
			t.Errorf("taken %d times", n)
		}
		b.end()
	})
}

// Each press plays a sound, unless that is switched off.
func TestKeeperAnswersAPress(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		b.set("hotkey.reconnect", ctrlF9)
		b.run()
		press := func() {
			b.keyboard.press()
			synctest.Wait()
		}
		press()
		if accepted := <-b.beeps; !accepted {
			t.Error("it sounds refused")
		}
		b.refuses.Store(true)
		press()
		if accepted := <-b.beeps; accepted {
			t.Error("it sounds accepted")
		}
		b.set("hotkey.sound", false)
		press()
		if len(b.beeps) != 0 || b.pressed.Load() != 3 {
			t.Errorf("%d sounds, pressed %d times", len(b.beeps), b.pressed.Load())
		}
		b.end()
	})
}

// Presses that arrive while one is being handled count as one, and none of them blocks.
func TestKeeperIsPressedAHundredTimes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		b.set("hotkey.reconnect", ctrlF9)
		answer := make(chan struct{})
		b.Keeper.press = func(context.Context) bool { b.pressed.Add(1); <-answer; return true }
		b.run()
		for range 100 {
			b.keyboard.press()
		}
		synctest.Wait()
		if n := b.pressed.Load(); n != 1 {
			t.Errorf("%d at a time", n)
		}
		close(answer)
		synctest.Wait()
		if n := b.pressed.Load(); n != 2 {
			t.Errorf("answered %d times, want 2", n)
		}
		b.set("hotkey.reconnect", altR)
		b.is(State{Key: altR, Stage: Registered, Backend: X11})
		b.end()
	})
}

// A lost key is tried again: every 5 s, and at once when the settings change.
func TestKeeperTriesAgain(t *testing.T) {
	for why, err := range map[problem.Code]error{
		problem.HotkeyTaken: errTaken, problem.HotkeyGone: errGone, problem.HotkeyNoKey: errNoKey, problem.HotkeyNoWay: errNoBackend,
		problem.HotkeyFailed: errors.New("the system says so"),
	} {
		t.Run(string(why), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t)
				b.keyboard.refuses = err
				b.set("hotkey.reconnect", ctrlF9)
				b.run()
				lost := State{Key: ctrlF9, Stage: Unavailable, Why: why}
				if why == problem.HotkeyFailed {
					lost.Cause = "the system says so"
				}
				b.is(lost)
				time.Sleep(time.Minute + time.Second) // between two tries
				synctest.Wait()
				if n := b.tries(); n != 13 {
					t.Errorf("tried %d times in a minute", n)
				}
				b.is(lost)
				tries := b.tries()
				b.set("notifications.ready", false)
				if n := b.tries(); n != tries+1 {
					t.Errorf("tried %d times when the settings changed", n-tries)
				}
				b.keyboard.refuse(nil)
				time.Sleep(retryEvery)
				synctest.Wait()
				b.is(State{Key: ctrlF9, Stage: Registered, Backend: X11})
				b.end()
			})
		})
	}
}

// A user who refused the key is not asked again until the settings change.
func TestKeeperAsksOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		b.keyboard.refuses = errRefused
		b.set("hotkey.reconnect", ctrlF9)
		b.run()
		time.Sleep(24 * time.Hour)
		if n := b.tries(); n != 1 {
			t.Errorf("asked %d times", n)
		}
		b.is(State{Key: ctrlF9, Stage: Unavailable, Why: problem.HotkeyRefused})
		b.keyboard.refuse(nil)
		b.set("hotkey.reconnect", altR)
		b.is(State{Key: altR, Stage: Registered, Backend: X11})
		b.end()
	})
}

// The X server or the portal ends, and is back after a while.
func TestKeeperComesBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		b.set("hotkey.reconnect", ctrlF9)
		b.run()
		for range 3 {
			b.keyboard.lose <- errGone
			synctest.Wait()
			b.is(State{Key: ctrlF9, Stage: Unavailable, Why: problem.HotkeyGone})
			time.Sleep(retryEvery)
			synctest.Wait()
			b.is(State{Key: ctrlF9, Stage: Registered, Backend: X11})
		}
		b.end()
	})
}

func TestOnlyALostKeyIsAProblem(t *testing.T) {
	for _, s := range []State{
		{},
		{Key: ctrlF9, Stage: Registered, Backend: Portal, Name: "Press Ctrl+F9"},
		{Key: altR, Stage: Unavailable, Why: problem.HotkeyFailed, Cause: "no"},
	} {
		if found := s.Problem(); (found != nil) != (s.Stage == Unavailable) {
			t.Errorf("%+v: %v", s, found)
		}
	}
}
