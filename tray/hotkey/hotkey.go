// Package hotkey registers a key combination that works in every window: with
// RegisterHotKey on Windows, key grabs on X11, and the GlobalShortcuts portal on
// Wayland. It does not watch the keyboard: the system reports presses of this one
// combination and nothing else.
package hotkey

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"time"

	"altv-tray/monitor/beat"
	"altv-tray/monitor/problem"
	"altv-tray/settings"
	"altv-tray/tray/live"
)

// State says whether the hotkey works. It is comparable and survives JSON. The zero
// value means that no key is set.
type State struct {
	Key   settings.Combination `json:"key"`
	Stage Stage                `json:"stage"`
	Way   Way                  `json:"way,omitempty"`   // how presses of a Held key arrive
	Name  string               `json:"name,omitempty"`  // the portal's name for a Held key; may be empty
	Why   problem.Code         `json:"why,omitempty"`   // of Lost
	Cause string               `json:"cause,omitempty"` // of problem.HotkeyFailed, the system's message
}

// Stage is how far the registration of the key has come.
type Stage string

// The stages.
const (
	Trying Stage = "trying" // for a moment
	Asking Stage = "asking" // the portal asks the user
	Held   Stage = "held"   // presses of the key arrive
	Lost   Stage = "lost"   // they do not; Why says the reason
)

// Way is how presses of the key arrive.
type Way string

// The ways. XWayland is X11 in a Wayland session, where presses arrive only while an
// X11 program has the keyboard focus.
const (
	Windows  Way = "windows"
	X11      Way = "x11"
	XWayland Way = "xwayland"
	Portal   Way = "portal"
)

// Problem returns why the key is Lost, or nil if it is not.
func (s State) Problem() *problem.Problem {
	if s.Stage != Lost {
		return nil
	}
	return problem.New(s.Why, problem.Text("key", s.Key.String()), problem.Text("cause", s.Cause))
}

// The errors that a holder returns.
var (
	errTaken   = problem.New(problem.HotkeyTaken)
	errNoWay   = problem.New(problem.HotkeyNoWay)
	errNoKey   = problem.New(problem.HotkeyNoKey)
	errRefused = problem.New(problem.HotkeyRefused)
	errGone    = problem.New(problem.HotkeyGone)
)

// wanted tells a holder what to do.
type wanted struct {
	key   settings.Combination
	label string      // what the key does, for a desktop that asks the user
	tell  func(State) // reports progress; the State needs no Key
	press func()      // called once for each press, however long the key is held down
}

// holder registers a key and keeps it until ctx ends. When it returns, the key is free
// again. It returns early with an error if the key is not available or was lost.
type holder func(ctx context.Context, w wanted) error

// Keeper keeps the key of the settings registered.
type Keeper struct {
	store *settings.Store
	log   *slog.Logger
	label func() string
	press func(ctx context.Context) (taken bool)
	state live.Value[State]
	again chan struct{} // has one after TryAgain

	// Tests replace these.
	hold holder
	beep func(taken bool)
}

// New makes a Keeper. Press does what the key is for and returns whether that was
// accepted; it must return soon after ctx ends. Label is what the key does, in the
// user's language.
func New(store *settings.Store, log *slog.Logger, label func() string, press func(ctx context.Context) (taken bool)) *Keeper {
	return &Keeper{store: store, log: log, label: label, press: press, again: make(chan struct{}, 1), hold: hold, beep: beep}
}

// State returns the current State.
func (k *Keeper) State() State { return k.state.Get() }

// Follow is live.Value's, for the State.
func (k *Keeper) Follow() (changed <-chan struct{}, stop func()) { return k.state.Follow() }

// TryAgain tries a lost key again at once, as another program may have released it.
func (k *Keeper) TryAgain() { beat.Wake(k.again) }

// A lost key is tried again after retryFirst, then after twice as long each time, up
// to retryMost. No system reports when another program releases a key.
const (
	retryFirst = 5 * time.Second
	retryMost  = time.Minute
)

// Run keeps the key registered until ctx ends. While no key is set, or while it is
// held, Run only waits for events: it uses no timer.
func (k *Keeper) Run(ctx context.Context) {
	changed, unsubscribe := k.store.Subscribe()
	defer unsubscribe()
	arrived := make(chan struct{}, 1)
	r := run{Keeper: k, ctx: ctx, pressed: func() { beat.Wake(arrived) }}
	r.take()
	for {
		select {
		case <-ctx.Done():
			r.release()
			return
		case <-changed:
			if r.key != k.store.Current().Hotkey.Reconnect || r.ended == nil {
				r.release()
				r.take()
			}
		case err := <-r.ended:
			r.lost(err)
		case <-r.retry:
			r.try()
		case <-k.again:
			if r.retry != nil {
				r.try()
			}
		case <-arrived:
			taken := k.press(ctx)
			if k.store.Current().Hotkey.Sound {
				k.beep(taken)
			}
		}
	}
}

// run holds what only the goroutine of Run uses.
type run struct {
	*Keeper
	ctx     context.Context
	pressed func()

	key    settings.Combination
	cancel context.CancelFunc
	ended  chan error // of the holder; nil: none runs
	retry  <-chan time.Time
	wait   time.Duration
}

// take starts with the key that is set now.
func (r *run) take() {
	r.key, r.wait, r.retry = r.store.Current().Hotkey.Reconnect, retryFirst, nil
	if r.key == (settings.Combination{}) {
		r.state.Set(State{})
		return
	}
	r.state.Update(func(s *State) {
		if s.Key != r.key { // otherwise the last result stays until there is a new one
			*s = State{Key: r.key, Stage: Trying}
		}
	})
	r.try()
}

func (r *run) try() {
	ctx, cancel := context.WithCancel(r.ctx)
	ended := make(chan error, 1)
	r.cancel, r.ended, r.retry = cancel, ended, nil
	w := wanted{key: r.key, label: r.label(), press: r.pressed}
	w.tell = func(s State) {
		s.Key = w.key
		if s.Stage == Held {
			r.log.Info("hotkey_held", "key", s.Key.String(), "way", string(s.Way), "name", s.Name)
		}
		r.state.Set(s)
	}
	go func() { ended <- r.hold(ctx, w) }()
}

// release releases the key and waits until it is free.
func (r *run) release() {
	if r.ended == nil {
		return
	}
	r.cancel()
	<-r.ended
	r.ended = nil
}

// lost records why the key is not held, and when to try again. A user who refused the
// key is not asked again.
func (r *run) lost(err error) {
	r.cancel()
	r.ended = nil
	if r.ctx.Err() != nil {
		return
	}
	s := State{Key: r.key, Stage: Lost, Why: problem.HotkeyFailed}
	var known *problem.Problem
	if errors.As(err, &known) {
		s.Why = known.Code
	} else {
		s.Cause = strings.TrimSpace(err.Error())
	}
	if s.Why == problem.HotkeyGone {
		r.wait = retryFirst // it was held
	}
	if r.state.Get() != s {
		r.log.Warn("hotkey_lost", "key", s.Key.String(), "why", string(s.Why), "cause", s.Cause)
		r.state.Set(s)
	}
	if s.Why != problem.HotkeyRefused {
		r.retry = time.After(r.wait)
		r.wait = min(2*r.wait, retryMost)
	}
}
