// Package hotkey registers a key combination that works in every window: with RegisterHotKey on Windows,
// key grabs on X11, and the GlobalShortcuts portal on Wayland. It does not watch the keyboard: the
// system reports presses of this combination only.
package hotkey

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"time"

	"altv-tray/monitor/live"
	"altv-tray/monitor/problem"
	"altv-tray/settings"
)

// State is the state of the hotkey. It is comparable. The zero value means that no key is set.
type State struct {
	Key     settings.Combination
	Stage   Stage
	Backend Backend      // of a registered key
	Name    string       // the portal's name for a registered key; may be empty
	Why     problem.Code // why the key is unavailable
	Cause   string       // the system's message, if Why is problem.HotkeyFailed
}

// Stage is how far the registration of the key has come.
type Stage string

// The stages.
const (
	Registering Stage = "trying" // takes a moment
	Asking      Stage = "asking" // the portal asks the user
	Registered  Stage = "held"   // presses of the key arrive
	Unavailable Stage = "lost"   // they do not, for the reason in Why
)

// Backend is what reports the presses of the key.
type Backend string

// The backends. XWayland is X11 in a Wayland session, where presses arrive only while an
// X11 program has the keyboard focus.
const (
	Windows  Backend = "windows"
	X11      Backend = "x11"
	XWayland Backend = "xwayland"
	Portal   Backend = "portal"
)

// Problem returns why the key is unavailable; nil if it is not.
func (s State) Problem() *problem.Problem {
	if s.Stage != Unavailable {
		return nil
	}
	return problem.New(s.Why, problem.Text("key", s.Key.String()), problem.Text("cause", s.Cause))
}

// Text returns the name of the text below doctor.hotkey for the state, and the key that it mentions.
// The name is empty if no key is set, and while the key is being registered.
func (s State) Text() (name, key string) {
	key = s.Key.String()
	switch {
	case s.Stage == Unavailable:
		return "not_held", key
	case s.Stage == Asking:
		return "asking", key
	case s.Stage != Registered:
		return "", key
	case s.Backend == XWayland:
		return "xwayland", key
	case s.Backend == Portal && s.Name != "":
		return "portal", s.Name
	}
	return "held", key
}

// The errors that a holder returns.
var (
	errTaken     = problem.New(problem.HotkeyTaken)
	errNoBackend = problem.New(problem.HotkeyNoWay)
	errNoKey     = problem.New(problem.HotkeyNoKey)
	errRefused   = problem.New(problem.HotkeyRefused)
	errGone      = problem.New(problem.HotkeyGone)
)

// registration is the key that a holder registers, and what it calls.
type registration struct {
	key    settings.Combination
	label  string      // what the key does, for a desktop that asks the user
	report func(State) // reports progress; the State needs no Key
	press  func()      // called once for each press, however long the key is held down
}

// holder registers a key and keeps it registered until ctx ends. When it returns, the key is free
// again. It returns early with an error if the key is unavailable or was lost.
type holder func(ctx context.Context, r registration) error

// Keeper keeps the key of the settings registered.
type Keeper struct {
	store *settings.Store
	log   *slog.Logger
	label func() string
	press func(ctx context.Context) (accepted bool)
	state live.Value[State]

	// Tests replace these.
	hold holder
	beep func(accepted bool)
}

// New makes a Keeper. Press does what the key is for, and reports whether that was accepted; it must
// return soon after ctx ends. Label returns what the key does, in the user's language.
func New(store *settings.Store, log *slog.Logger, label func() string, press func(ctx context.Context) (accepted bool)) *Keeper {
	return &Keeper{store: store, log: log, label: label, press: press, hold: hold, beep: beep}
}

// State returns the current State.
func (k *Keeper) State() State { return k.state.Get() }

// Follow follows the State: see live.Value.Follow.
func (k *Keeper) Follow() (changed <-chan struct{}, stop func()) { return k.state.Follow() }

// retryEvery is how often the Keeper tries to register an unavailable key again. No system reports
// when another program releases a key.
const retryEvery = 5 * time.Second

// Run keeps the key registered until ctx ends. It uses no timer while the key is registered, or while
// none is set.
func (k *Keeper) Run(ctx context.Context) {
	changed, unsubscribe := k.store.Subscribe()
	defer unsubscribe()
	pressed := make(chan struct{}, 1)
	for ctx.Err() == nil {
		key := k.store.Current().Hotkey.Reconnect
		keyCtx, release := context.WithCancel(ctx)
		var keeping sync.WaitGroup
		keeping.Go(func() { k.keep(keyCtx, key, pressed) })
		k.serve(ctx, key, changed, pressed)
		release()
		keeping.Wait() // until the key is free again
	}
}

// serve answers presses until ctx ends, another key is set, or the settings change while the key is
// unavailable.
func (k *Keeper) serve(ctx context.Context, key settings.Combination, changed, pressed <-chan struct{}) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-changed:
			if key != k.store.Current().Hotkey.Reconnect || k.State().Stage == Unavailable {
				return
			}
		case <-pressed:
			accepted := k.press(ctx)
			if k.store.Current().Hotkey.Sound {
				k.beep(accepted)
			}
		}
	}
}

// keep keeps the key registered until ctx ends. If it is unavailable, keep tries again, unless the user
// has refused it.
func (k *Keeper) keep(ctx context.Context, key settings.Combination, pressed chan<- struct{}) {
	if key == (settings.Combination{}) {
		k.state.Set(State{})
		return
	}
	k.state.Update(func(s *State) {
		if s.Key != key { // otherwise the last state stays until there is a new one
			*s = State{Key: key, Stage: Registering}
		}
	})
	r := registration{key: key, press: func() { live.Wake(pressed) }}
	r.report = func(s State) {
		s.Key = key
		if s.Stage == Registered {
			k.log.Info("hotkey_held", "key", key.String(), "way", string(s.Backend), "name", s.Name)
		}
		k.state.Set(s)
	}
	for {
		r.label = k.label()
		s := unavailable(key, k.hold(ctx, r))
		if ctx.Err() != nil {
			return
		}
		if k.state.Get() != s {
			k.log.Warn("hotkey_lost", "key", key.String(), "why", string(s.Why), "cause", s.Cause)
			k.state.Set(s)
		}
		if s.Why == problem.HotkeyRefused {
			return
		}
		select {
		case <-time.After(retryEvery):
		case <-ctx.Done():
			return
		}
	}
}

// unavailable returns the state for a holder's error.
func unavailable(key settings.Combination, err error) State {
	if known, ok := errors.AsType[*problem.Problem](err); ok {
		return State{Key: key, Stage: Unavailable, Why: known.Code}
	}
	return State{Key: key, Stage: Unavailable, Why: problem.HotkeyFailed, Cause: strings.TrimSpace(err.Error())}
}
