package cli

import (
	"encoding/json"
	"time"

	"altv-tray/monitor"
	"altv-tray/monitor/control"
	"altv-tray/tray/view"
)

// show prints what an update brings: a line of JSON, or for people the time, what changed, and why.
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

// firstWithoutEvent is the first of the stateLines whose changes no event tells.
const firstWithoutEvent = 3

// stateLines say what is so. A look without the tray app reconnects nothing, so it
// has none of what is automatic.
func stateLines(r *control.Report) (f [5]string) {
	if r.Status != "" {
		f[0] = view.StateLine("client", r.Status, r.Client.Word+r.Client.Detail)
	}
	if r.Server.State != monitor.ServerUnknown.String() {
		f[1] = view.StateLine("server", r.Server.State, r.Server.Why)
	}
	if !r.Tray {
		return f
	}
	switch p := r.Automatic; {
	case p.PausedUntil != nil:
		f[2] = "automatic reconnects are paused until " + p.PausedUntil.Local().Format(time.TimeOnly)
	case p.Paused:
		f[2] = "automatic reconnects are paused until resumed"
	}
	f[3], f[4] = "profile "+r.Profile, "automatic reconnects are off"
	if r.Automatic.Enabled {
		f[4] = "automatic reconnects are on"
	}
	return f
}
