package cli

import (
	"context"
	"encoding/json"
	"time"

	"altv-tray/monitor"
	"altv-tray/monitor/control"
	"altv-tray/monitor/debugport"
	"altv-tray/tray/errtext"
	"altv-tray/tray/surroundings"
)

// lookLimit is how long a look at client and server takes at most, if no tray app
// can be asked.
const lookLimit = debugport.Limit + 500*time.Millisecond

// Status prints the client's state.
type Status struct {
	JSON  bool `help:"Print all that is known, as JSON."`
	Watch bool `help:"Print a line for each change until interrupted."`
}

func (c Status) Run(ctx context.Context, e *Env) Code {
	paths, store, err := e.open()
	if err != nil {
		return e.fail(Usage, err)
	}
	set := store.Current()
	if problem := store.Problem(); problem != nil {
		keeps := "the defaults are used"
		if app, err := control.Find(paths.StateDir); err == nil && e.SettingsFile == "" {
			set.Client.Address, keeps = app.Found.Client.Address, "the client that the running altv-tray watches is looked at"
		}
		e.Say("altv-tray: " + keeps + ": " + errtext.English(problem))
	}
	auto := set.AutoReconnect.Enabled
	if c.Watch {
		w := watcher{env: e, store: store, stateDir: paths.StateDir, json: c.JSON, lines: lines{print: e.print}}
		w.run(ctx)
		return OK
	}
	profile := "" // any: what the tray app has in force
	if c.JSON && (e.Profile != "" || e.SettingsFile != "") {
		profile = set.Active().Name
	}
	report, ok := trayReport(ctx, paths.StateDir, set.Client.Address, profile)
	if !ok && c.JSON {
		snap := look(ctx, target(set, e))
		snap.Auto = auto // the look itself reconnects nothing
		report = control.NewReport(snap, set.Client.Address, Version, false, errtext.English)
	}
	r := report.Reading()
	if c.JSON {
		e.json(report)
		return statusCode(r)
	}
	if !ok {
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

// trayReport is what the running tray app sees when it looks now, if it watches
// that client and has that profile in force; an empty one is any. Ask it before
// the debug port, which may serve one connection at a time.
func trayReport(ctx context.Context, stateDir, client, profile string) (control.Report, bool) {
	c, err := control.Find(stateDir)
	if err != nil || c.Found.Client.Address != client || profile != "" && c.Found.Profile != profile {
		return control.Report{}, false
	}
	ctx, cancel := context.WithTimeout(ctx, 2*lookLimit)
	defer cancel()
	r, err := c.Look(ctx)
	return r, err == nil && r.Status != ""
}

func (e *Env) json(v any) {
	enc := json.NewEncoder(e.Stdout)
	enc.SetIndent("", "  ")
	_ = enc.Encode(v) // it fails only if nobody reads it
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

func statusCode(r debugport.Reading) Code {
	switch r.Outcome {
	case debugport.NotRunning:
		return NotRunning
	case debugport.NoAnswer, debugport.Unasked:
		return TimedOut
	case debugport.NotAltV:
		return NotAltV
	}
	return OK
}
