package cli

import (
	"context"
	"encoding/json"

	"altv-tray/monitor"
	"altv-tray/monitor/control"
	"altv-tray/monitor/debugport"
	"altv-tray/settings"
	"altv-tray/tray/errtext"
	"altv-tray/tray/surroundings"
)

// Status prints the client's state.
type Status struct {
	JSON  bool `help:"Print all that is known, as JSON."`
	Watch bool `help:"Print a line for each change until interrupted."`
}

func (c Status) Run(ctx context.Context, e *Env) Code {
	g, err := e.findScope()
	if err != nil {
		return e.report(Usage, err)
	}
	e.warnBroken(g)
	if c.Watch {
		w := watcher{env: e, json: c.JSON}
		w.run(ctx)
		return OK
	}
	var r control.Report
	if g.app != nil { // it may have the only connection that the debug port serves
		limited, cancel := context.WithTimeout(ctx, 2*control.LookTimeout)
		defer cancel()
		err = g.app.Ask(limited, control.Look, control.Request{}, &r)
	}
	if g.app == nil || err != nil {
		r = e.look(ctx, g, c.JSON)
	}
	if c.JSON {
		e.json(r)
	} else {
		e.print("%s", r.Status)
		if r.Client.Detail != "" {
			e.Say(r.Client.Detail)
		}
	}
	return map[string]Code{"NOT_RUNNING": NotRunning, "NO_ANSWER": TimedOut, "": TimedOut, "NOT_ALTV": NotAltV}[r.Status]
}

func (e *Env) json(v any) {
	enc := json.NewEncoder(e.Stdout)
	enc.SetIndent("", "  ")
	_ = enc.Encode(v) // it fails only if nobody reads it
}

// look watches the client, and the server too if both are wanted, for as long as it takes to
// know them.
func (e *Env) look(ctx context.Context, g scope, both bool) control.Report {
	ctx, cancel := context.WithTimeout(ctx, control.LookTimeout)
	defer cancel()
	t := target(g.settings, e)
	t.Config.ReadyDelay = 0 // one look cannot wait it out
	m, sub, end := startMonitor(ctx, t, monitor.Options{})
	defer end()
	for s := range sub.All(ctx) {
		if s.Client.Outcome != debugport.Unasked && (!both || s.Server != monitor.ServerUnknown || s.ServerWhy.Code != "") {
			break
		}
	}
	return g.newReport(m.Snapshot())
}

// newReport is that of a look without the tray app.
func (g scope) newReport(s monitor.Snapshot) control.Report {
	s.Auto = g.settings.AutoReconnect.Enabled // the look itself reconnects nothing
	base := control.Report{Client: control.ClientReport{Address: g.settings.Client.Address}, Settings: g.paths.Settings, Version: Version}
	return control.NewReport(base, s, errtext.English)
}

// target is for looks, and for one reconnect by hand: nothing reconnects by itself.
func target(set settings.Settings, e *Env) monitor.Target {
	t := surroundings.Target(set, e.Keyring)
	t.Config.Auto = false
	return t
}
