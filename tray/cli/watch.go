package cli

import (
	"context"
	"encoding/json"
	"sync"
	"time"

	"altv-tray/monitor"
	"altv-tray/monitor/control"
	"altv-tray/tray/view"
)

// watcher prints a line for each change. It follows the running tray app, if that goes by
// what the flags name; while none does it looks itself, and then reconnects nothing.
type watcher struct {
	env  *Env
	json bool
	lines
}

// again is how soon an app is looked for again where none runs.
const again = time.Second

func (w *watcher) run(ctx context.Context) {
	for ctx.Err() == nil {
		g, err := w.env.ground()
		if err == nil && g.app != nil {
			w.follow(ctx, g)
		} else {
			w.look(ctx, g)
		}
	}
}

// follow follows the tray app until that ends, or goes by something else than the flags name.
func (w *watcher) follow(ctx context.Context, g ground) {
	watch, stop := context.WithCancel(ctx)
	defer stop()
	follows := false
	_ = g.app.Watch(watch, func(u control.Update) {
		if r := u.Report; r != nil && !w.env.unnamed() && (r.Profile != g.set.Profile || r.Client.Address != g.set.Client.Address) {
			stop()
			return
		}
		if !follows {
			w.turn("altv-tray runs: following it")
		}
		follows = true
		w.show(u)
	})
	if follows && ctx.Err() == nil {
		w.turn("altv-tray has ended, or watches something else: looking without it")
	}
}

// look looks at client and server until there is a tray app to follow.
func (w *watcher) look(ctx context.Context, g ground) {
	ctx, stop := context.WithCancel(ctx)
	var seeking sync.WaitGroup
	defer seeking.Wait()
	defer stop()
	seeking.Go(func() {
		for ctx.Err() == nil {
			select {
			case <-time.After(again):
			case <-ctx.Done():
			}
			if g, err := w.env.ground(); err == nil && g.app != nil {
				stop()
			}
		}
	})
	m := monitor.New(target(g.set, w.env), monitor.Options{})
	sub := m.Subscribe() // before it runs, so that nothing is missed
	defer sub.Close()
	defer running(ctx, m)()
	_ = control.Updates(ctx, sub, g.report, view.Line, func(u control.Update) error {
		w.show(u)
		return nil
	})
}

// turn says who is followed from now on, unless nobody was before.
func (w *watcher) turn(text string) {
	if !w.json && w.last[0] != "" {
		w.add(time.Now(), text)
	}
	w.begun = false
}

func (w *watcher) show(u control.Update) {
	switch {
	case !w.json:
		w.lines.show(u)
	case u.Report != nil && u.Report.Status != "":
		_ = json.NewEncoder(w.env.Stdout).Encode(u.Report)
	}
}
