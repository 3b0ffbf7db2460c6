package cli

import (
	"strings"
	"time"

	"altv-tray/monitor"
	"altv-tray/monitor/control"
	"altv-tray/tray/view"
)

// lines prints updates for people: the time, what changed, and why.
type lines struct {
	print func(format string, a ...any)
	begun bool      // there was a report since it was begun
	last  [5]string // those of the last report
}

func (l *lines) add(at time.Time, text string) {
	l.print("%s  %s", at.Local().Format(time.TimeOnly), text)
}

func (l *lines) show(u control.Update) {
	if u.Report != nil {
		now := stateLines(u.Report)
		for i, text := range now {
			if text != "" && text != l.last[i] && (!l.begun || i >= withoutEvents) {
				l.add(time.Now(), text)
			}
		}
		l.begun, l.last = true, now
	}
	for _, c := range u.Changes {
		l.add(c.At, c.Text)
	}
}

// withoutEvents is the first of the stateLines whose changes no event tells.
const withoutEvents = 3

// stateLines say what is so. A look without the tray app reconnects nothing, so it
// has none of what is automatic.
func stateLines(r *control.Report) (f [5]string) {
	if r.Status != "" {
		f[0] = strings.TrimSuffix("client  "+r.Status+": "+r.Client.Word+r.Client.Detail, ": ")
	}
	if r.Server.State != monitor.ServerUnknown.String() {
		f[1] = view.ServerLine(r.Server.State, r.Server.Why)
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
