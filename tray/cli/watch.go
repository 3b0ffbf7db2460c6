package cli

import (
	"context"
	"encoding/json"
	"time"

	"altv-tray/monitor"
	"altv-tray/monitor/control"
	"altv-tray/tray/view"
)

// watcher prints a line for each change. It follows the running tray app if that has the
// command's profile and client. While there is none, it looks itself and reconnects nothing.
type watcher struct {
	env      *Env
	json     bool
	reported bool      // the source followed now has sent a report
	last     [5]string // the stateLines of the last report
}

// findEvery is how often a watcher without a tray app looks for one.
const findEvery = time.Second

func (w *watcher) run(ctx context.Context) {
	for ctx.Err() == nil {
		s, err := w.env.findScope()
		if err != nil || s.app == nil || !w.follow(ctx, s) {
			w.look(ctx, s)
		}
	}
}

// follow prints what the tray app reports until the app ends or changes to another profile or
// client than the command's. It returns false if the app reported nothing.
func (w *watcher) follow(ctx context.Context, s scope) (followed bool) {
	for u := range s.app.Watch(ctx) {
		if r := u.Report; r != nil && !w.env.noFlags() && (r.Profile != s.settings.Profile || r.Client.Address != s.settings.Client.Address) {
			break
		}
		if !followed {
			w.announce("altv-tray runs: following it")
		}
		followed = true
		w.show(u)
	}
	if followed && ctx.Err() == nil {
		w.announce("altv-tray has ended, or watches something else: looking without it")
	}
	return followed
}

// look watches client and server in this process until there is a tray app to follow.
func (w *watcher) look(ctx context.Context, s scope) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	go func() {
		for ctx.Err() == nil {
			<-time.After(findEvery)
			if s, err := w.env.findScope(); err == nil && s.app != nil {
				stop()
			}
		}
	}()
	_, sub, end := startMonitor(ctx, w.env.target(s), monitor.Options{})
	defer end()
	for u := range control.Updates(ctx, sub, s.newReport, view.Line) {
		w.show(u)
	}
}

// announce prints that the source of the reports changes. It prints nothing for the first one.
func (w *watcher) announce(text string) {
	if !w.json && w.last[0] != "" {
		w.printLine(time.Now(), text)
	}
	w.reported = false
}

// show prints an update: as a line of JSON, or as one line for each change and its time.
func (w *watcher) show(u control.Update) {
	if w.json {
		if u.Report != nil && u.Report.Status != "" {
			_ = json.NewEncoder(w.env.Stdout).Encode(u.Report)
		}
		return
	}
	if u.Report != nil {
		now := stateLines(u.Report)
		for i, text := range now {
			if text != "" && text != w.last[i] && (!w.reported || i >= firstWithoutEvent) {
				w.printLine(time.Now(), text)
			}
		}
		w.reported, w.last = true, now
	}
	for _, c := range u.Changes {
		w.printLine(c.At, c.Text)
	}
}

func (w *watcher) printLine(at time.Time, text string) {
	w.env.print("%s  %s", at.Local().Format(time.TimeOnly), text)
}

// firstWithoutEvent is the index of the first of the stateLines whose changes come without
// an event.
const firstWithoutEvent = 3

// stateLines describes the client, the server, a pause, the profile and automatic reconnects,
// one line each. An empty line is not known. Without the tray app the last three are empty.
func stateLines(r *control.Report) (lines [5]string) {
	if r.Status != "" {
		lines[0] = view.StateLine("client", r.Status, r.Client.Word+r.Client.Detail)
	}
	if r.Server.State != monitor.ServerUnknown.String() {
		lines[1] = view.StateLine("server", r.Server.State, r.Server.Why)
	}
	if !r.Tray {
		return lines
	}
	switch p := r.Automatic; {
	case p.PausedUntil != nil:
		lines[2] = "automatic reconnects are paused until " + p.PausedUntil.Local().Format(time.TimeOnly)
	case p.Paused:
		lines[2] = "automatic reconnects are paused until resumed"
	}
	lines[3], lines[4] = "profile "+r.Profile, "automatic reconnects are off"
	if r.Automatic.Enabled {
		lines[4] = "automatic reconnects are on"
	}
	return lines
}
