package cli

import (
	"context"
	"encoding/json"
	"time"

	"altv-tray/monitor"
	"altv-tray/monitor/control"
	"altv-tray/monitor/debugport"
	"altv-tray/settings"
	"altv-tray/tray/errtext"
	"altv-tray/tray/surroundings"
)

// lookLimit is how long a look at client and server takes at most, where no
// tray app can be asked.
const lookLimit = debugport.Limit + 500*time.Millisecond

// Status prints the client's state.
func (e *Env) Status(ctx context.Context, asJSON, watch bool) Code {
	paths, store, err := e.open()
	if err != nil {
		return e.fail(Usage, err)
	}
	set := store.Current()
	if problem := store.Problem(); problem != nil {
		keeps := "the defaults are used"
		if address := e.trayAddress(ctx, paths); address != "" {
			set.Client.Address, keeps = address, "the client that the running altv-tray watches is looked at"
		}
		e.Say("altv-tray: " + keeps + ": " + errtext.English(problem))
	}
	auto := set.AutoReconnect.Enabled
	if watch {
		return e.watch(ctx, target(set, e), asJSON, auto)
	}
	profile := "" // any: what the tray app has in force
	if asJSON && (e.Profile != "" || e.SettingsFile != "") {
		profile = set.Active().Name
	}
	report, told := trayReport(ctx, paths, set.Client.Address, profile)
	switch {
	case asJSON && told:
		e.json(report)
		return reportCode(report.Status)
	case !asJSON:
		r := report.Reading()
		if !told {
			port := debugport.New(surroundings.ClientAddress(set), nil)
			defer port.Close()
			r = port.Status(ctx, false)
		}
		e.print("%s", r)
		if why := r.Problem(); why != nil {
			e.Say(errtext.English(why))
		}
		return statusCode(r)
	}
	snap := look(ctx, target(set, e))
	snap.Auto = auto // the look itself reconnects nothing
	e.json(control.NewReport(snap, set.Client.Address, Version, false, errtext.English))
	return statusCode(snap.Client)
}

// trayReport is what a running tray app sees when it looks now, if it watches
// that client and has that profile in force; an empty one is any. It is asked
// before the debug port is, which may serve one connection at a time.
func trayReport(ctx context.Context, paths settings.Paths, client, profile string) (r control.Report, ok bool) {
	c, err := control.Find(paths.StateDir)
	if err != nil {
		return r, false
	}
	ctx, cancel := context.WithTimeout(ctx, 2*lookLimit)
	defer cancel()
	if r, err = c.Snapshot(ctx); err != nil || r.Client.Address != client || profile != "" && r.Profile != profile {
		return r, false
	}
	r, err = c.Look(ctx)
	return r, err == nil && r.Status != ""
}

// trayAddress is where a running tray app looks for the client; empty where none
// runs, or another settings file is asked for.
func (e *Env) trayAddress(ctx context.Context, paths settings.Paths) string {
	c, err := control.Find(paths.StateDir)
	if err != nil || e.SettingsFile != "" {
		return ""
	}
	r, err := c.Snapshot(ctx)
	if err != nil {
		return ""
	}
	return r.Client.Address
}

func (e *Env) json(v any) {
	enc := json.NewEncoder(e.Stdout)
	enc.SetIndent("", "  ")
	_ = enc.Encode(v) // nobody reads it where it fails
}

// look watches both sides for as long as it takes to know them.
func look(ctx context.Context, t monitor.Target) monitor.Snapshot {
	ctx, cancel := context.WithTimeout(ctx, lookLimit)
	defer cancel()
	t.Config.ReadyDelay = 0 // one look cannot wait it out
	m := monitor.New(t, monitor.Options{})
	sub := m.Subscribe()
	defer sub.Close()
	defer running(ctx, m)()
	for {
		s, _, _ := sub.Take()
		if s.Client.Outcome != debugport.Unasked && (s.Server != monitor.ServerUnknown || s.ServerWhy.Code != "") {
			return s
		}
		select {
		case <-sub.C():
		case <-ctx.Done():
			return s
		}
	}
}

// watch prints a line for each change until ctx ends. It reconnects nothing;
// auto is what the settings say.
func (e *Env) watch(ctx context.Context, t monitor.Target, asJSON, auto bool) Code {
	m := monitor.New(t, monitor.Options{})
	sub := m.Subscribe()
	defer sub.Close()
	defer running(ctx, m)()
	enc := json.NewEncoder(e.Stdout)
	var last debugport.Reading
	for {
		select {
		case <-ctx.Done():
			return OK
		case <-sub.C():
		}
		s, events, _ := sub.Take()
		for _, event := range events {
			if event.Kind == monitor.ClientChanged && event.To.String() != last.String() && event.To.String() != "" {
				last = event.To
				if !asJSON {
					e.print("%s", last)
				}
			}
		}
		s.Auto = auto
		if asJSON && s.Client.Outcome != debugport.Unasked {
			_ = enc.Encode(control.NewReport(s, t.Config.Client, Version, false, errtext.English))
		}
	}
}

func statusCode(r debugport.Reading) Code { return reportCode(r.String()) }

func reportCode(status string) Code {
	switch status {
	case "NOT_RUNNING":
		return NotRunning
	case "NO_ANSWER", "":
		return TimedOut
	case "NOT_ALTV":
		return NotAltV
	}
	return OK
}
