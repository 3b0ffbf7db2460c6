package cli

import (
	"context"
	"time"

	"altv-tray/monitor"
	"altv-tray/monitor/control"
	"altv-tray/tray/view"
)

// watcher prints a line for each change. It follows the running tray app, if that goes by
// what the flags name; while none does it looks itself, and then reconnects nothing.
type watcher struct {
	env      *Env
	json     bool
	reported bool      // there was a report since the last turn
	last     [5]string // the stateLines of the last report
}

// findEvery is how soon an app is looked for findEvery where none runs.
const findEvery = time.Second

func (w *watcher) run(ctx context.Context) {
	for ctx.Err() == nil {
		g, err := w.env.findScope()
		if err != nil || g.app == nil || !w.follow(ctx, g) {
			w.look(ctx, g)
		}
	}
}

// follow follows the tray app until that ends, or goes by something else than the flags name.
// It returns false if the app told nothing.
func (w *watcher) follow(ctx context.Context, g scope) (told bool) {
	for u := range g.app.Watch(ctx) {
		if r := u.Report; r != nil && !w.env.noFlags() && (r.Profile != g.settings.Profile || r.Client.Address != g.settings.Client.Address) {
			break
		}
		if !told {
			w.announce("altv-tray runs: following it")
		}
		told = true
		w.show(u)
	}
	if told && ctx.Err() == nil {
		w.announce("altv-tray has ended, or watches something else: looking without it")
	}
	return told
}

// look looks at client and server until there is a tray app to follow.
func (w *watcher) look(ctx context.Context, g scope) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	go func() {
		for ctx.Err() == nil {
			<-time.After(findEvery)
			if g, err := w.env.findScope(); err == nil && g.app != nil {
				stop()
			}
		}
	}()
	_, sub, end := startMonitor(ctx, target(g.settings, w.env), monitor.Options{})
	defer end()
	for u := range control.Updates(ctx, sub, g.newReport, view.Line) {
		w.show(u)
	}
}

// announce says who is followed from now on, unless nobody was before.
func (w *watcher) announce(text string) {
	if !w.json && w.last[0] != "" {
		w.printLine(time.Now(), text)
	}
	w.reported = false
}
