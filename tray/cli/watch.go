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
	env   *Env
	json  bool
	begun bool      // there was a report since the last turn
	last  [5]string // the stateLines of the last report
}

// again is how soon an app is looked for again where none runs.
const again = time.Second

func (w *watcher) run(ctx context.Context) {
	for ctx.Err() == nil {
		g, err := w.env.ground()
		if err != nil || g.app == nil || !w.follow(ctx, g) {
			w.look(ctx, g)
		}
	}
}

// follow follows the tray app until that ends, or goes by something else than the flags name.
// It returns false if the app told nothing.
func (w *watcher) follow(ctx context.Context, g ground) (told bool) {
	for u := range g.app.Watch(ctx) {
		if r := u.Report; r != nil && !w.env.unnamed() && (r.Profile != g.set.Profile || r.Client.Address != g.set.Client.Address) {
			break
		}
		if !told {
			w.turn("altv-tray runs: following it")
		}
		told = true
		w.show(u)
	}
	if told && ctx.Err() == nil {
		w.turn("altv-tray has ended, or watches something else: looking without it")
	}
	return told
}

// look looks at client and server until there is a tray app to follow.
func (w *watcher) look(ctx context.Context, g ground) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	go func() {
		for ctx.Err() == nil {
			<-time.After(again)
			if g, err := w.env.ground(); err == nil && g.app != nil {
				stop()
			}
		}
	}()
	_, sub, end := start(ctx, target(g.set, w.env), monitor.Options{})
	defer end()
	for u := range control.Updates(ctx, sub, g.report, view.Line) {
		w.show(u)
	}
}

// turn says who is followed from now on, unless nobody was before.
func (w *watcher) turn(text string) {
	if !w.json && w.last[0] != "" {
		w.line(time.Now(), text)
	}
	w.begun = false
}
