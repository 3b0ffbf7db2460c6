package cli

import (
	"context"
	"encoding/json"
	"sync"
	"time"

	"altv-tray/monitor"
	"altv-tray/monitor/control"
	"altv-tray/settings"
	"altv-tray/tray/errtext"
	"altv-tray/tray/view"
)

// watcher prints a line for each change. It follows the running tray app where
// that watches the client meant, and the profile. Otherwise it looks itself, and
// then reconnects nothing.
type watcher struct {
	env      *Env
	store    *settings.Store
	stateDir string
	json     bool

	in     chan seen
	app    *control.Report // what the running app knows; nil: none runs
	endOwn func()          // ends the own look; nil: it does not look itself
	lines  lines
}

// seen is what comes from the tray app or from the own look.
type seen struct {
	control.Update
	own   bool
	ended bool // the app has ended, or none runs
}

// again is how soon an app is looked for again where none runs.
const again = time.Second

func (w *watcher) run(ctx context.Context) {
	w.in = make(chan seen)
	changed, unsubscribe := w.store.Subscribe()
	defer unsubscribe()
	var beside sync.WaitGroup
	beside.Go(func() { w.store.Watch(ctx) })
	beside.Go(func() { w.followApp(ctx) })
	defer beside.Wait()
	defer func() { w.lookItself(ctx, false) }()
	for {
		select {
		case <-ctx.Done():
			return
		case <-changed:
			known := w.app != nil || w.endOwn != nil
			w.lookItself(ctx, false) // by the settings of before
			w.lookItself(ctx, known && !w.follows())
		case s := <-w.in:
			w.take(ctx, s)
		}
	}
}

// followApp tells what the tray app knows until ctx ends, and takes it up again
// when it comes back.
func (w *watcher) followApp(ctx context.Context) {
	for ctx.Err() == nil {
		_ = control.Watch(ctx, w.stateDir, func(u control.Update) { w.send(ctx, seen{Update: u}) })
		w.send(ctx, seen{ended: true})
		select {
		case <-ctx.Done():
		case <-time.After(again):
		}
	}
}

func (w *watcher) send(ctx context.Context, s seen) {
	select {
	case w.in <- s:
	case <-ctx.Done():
	}
}

func (w *watcher) take(ctx context.Context, s seen) {
	before := w.follows()
	switch {
	case s.ended:
		w.app = nil
	case !s.own && s.Report != nil:
		w.app = s.Report
	}
	now := w.follows()
	if now != before {
		w.turn(now)
	}
	w.lookItself(ctx, !now)
	switch {
	case s.ended || s.own == now: // not from whom is followed
	case !w.json:
		w.lines.show(s.Update)
	case s.Report != nil && s.Report.Status != "":
		_ = json.NewEncoder(w.env.Stdout).Encode(s.Report)
	}
}

// turn says who is followed from now on: the app, or nobody.
func (w *watcher) turn(toApp bool) {
	switch {
	case w.json:
	case !toApp:
		w.lines.add(time.Now(), "altv-tray has ended, or watches something else: looking without it")
	case w.endOwn != nil:
		w.lines.add(time.Now(), "altv-tray runs: following it")
	}
	w.lines.begun = false
}

// follows reports whether the app that runs is the one to follow. With a broken
// settings file only the app knows what is meant.
func (w *watcher) follows() bool {
	e, set := w.env, w.store.Current()
	switch {
	case w.app == nil:
		return false
	case w.store.Problem() != nil && e.SettingsFile == "":
		return true
	case (e.SettingsFile != "" || e.Profile != "") && w.app.Profile != set.Active().Name:
		return false
	}
	return w.app.Client.Address == set.Client.Address
}

// lookItself begins or ends the own look.
func (w *watcher) lookItself(ctx context.Context, on bool) {
	if on == (w.endOwn != nil) {
		return
	}
	if !on {
		w.endOwn()
		w.endOwn = nil
		return
	}
	set := w.store.Current()
	t := target(set, w.env)
	m := monitor.New(t, monitor.Options{})
	sub := m.Subscribe() // before it runs, so that nothing is missed
	ctx, stop := context.WithCancel(ctx)
	report := func(s monitor.Snapshot) control.Report {
		s.Auto = set.AutoReconnect.Enabled // the look itself reconnects nothing
		return control.NewReport(s, t.Config.Client, Version, false, errtext.English)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer sub.Close()
		_ = control.Updates(ctx, sub, report, view.Line, func(u control.Update) error {
			w.send(ctx, seen{Update: u, own: true})
			return ctx.Err()
		})
	}()
	end := running(ctx, m)
	w.endOwn = func() { stop(); end(); <-done }
}
