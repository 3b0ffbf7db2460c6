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
	begun bool           // there was an update since it was begun
	last  control.Report // of the last update that had one
}

func (l *lines) add(at time.Time, text string) {
	l.print("%s  %s", at.Local().Format(time.TimeOnly), text)
}

// show prints an update. The first one has no changes yet: what is so then is
// printed, unless it is so already.
func (l *lines) show(u control.Update) {
	now := time.Now()
	if r := u.Report; r != nil {
		if !l.begun && r.Status != "" && r.Status != l.last.Status {
			l.add(now, strings.TrimSuffix("client  "+r.Status+": "+r.Client.Word+r.Client.Detail, ": "))
		}
		if !l.begun && r.Server.State != monitor.ServerUnknown.String() && r.Server.State != l.last.Server.State {
			l.add(now, view.ServerLine(r.Server.State, r.Server.Why))
		}
		for _, text := range l.switches(r) {
			l.add(now, text)
		}
		l.begun, l.last = true, *r
	}
	for _, c := range u.Changes {
		l.add(c.At, c.Text)
	}
}

// switches are the lines of what the user sets and no event tells. A look without
// the tray app reconnects nothing, so it has none.
func (l *lines) switches(r *control.Report) (all []string) {
	if !r.Tray {
		return nil
	}
	if l.begun && r.Profile != l.last.Profile {
		all = append(all, "profile "+r.Profile)
	}
	switch on := r.Automatic.Enabled; {
	case !on && (!l.begun || l.last.Automatic.Enabled):
		all = append(all, "automatic reconnects are off")
	case on && l.begun && !l.last.Automatic.Enabled:
		all = append(all, "automatic reconnects are on")
	}
	if p := r.Automatic; p.Paused && !l.begun {
		until := "resumed"
		if p.PausedUntil != nil {
			until = p.PausedUntil.Local().Format(time.TimeOnly)
		}
		all = append(all, "automatic reconnects are paused until "+until)
	}
	return all
}
