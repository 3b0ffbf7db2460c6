package cli

import (
	"context"

	"altv-tray/monitor"
	"altv-tray/monitor/control"
	"altv-tray/monitor/debugport"
	"altv-tray/tray/errtext"
)

// Status prints the client's state.
type Status struct {
	JSON  bool `help:"Print all that is known, as JSON."`
	Watch bool `help:"Print a line for each change until interrupted."`
}

func (c Status) Run(ctx context.Context, e *Env) Code {
	s, err := e.findScope()
	if err != nil {
		return e.report(Usage, err)
	}
	e.warnBroken(s)
	if c.Watch {
		w := watcher{env: e, json: c.JSON}
		w.run(ctx)
		return OK
	}
	var r control.Report
	if s.app != nil { // the debug port may serve a single connection, and the app may have it
		limited, cancel := context.WithTimeout(ctx, 2*control.LookTimeout)
		defer cancel()
		err = s.app.Ask(limited, control.Look, control.Request{}, &r)
	}
	if s.app == nil || err != nil {
		r = e.look(ctx, s, c.JSON)
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

// look watches the client, and with serverToo the server, until their states are known.
func (e *Env) look(ctx context.Context, s scope, serverToo bool) control.Report {
	ctx, cancel := context.WithTimeout(ctx, control.LookTimeout)
	defer cancel()
	t := e.target(s)
	t.Config.ReadyDelay = 0 // it may be longer than a look
	m, sub, end := startMonitor(ctx, t, monitor.Options{})
	defer end()
	for snap := range sub.All(ctx) {
		if snap.Client.Outcome != debugport.Unasked && (!serverToo || snap.Server != monitor.ServerUnknown || snap.ServerWhy.Code != "") {
			break
		}
	}
	return s.newReport(m.Snapshot())
}

// newReport is the report of a command that looks without the tray app.
func (s scope) newReport(snap monitor.Snapshot) control.Report {
	snap.Auto = s.settings.AutoReconnect.Enabled // target has switched it off for the look
	base := control.Report{Client: control.ClientReport{Address: s.settings.Client.Address}, Settings: s.paths.Settings, Version: Version}
	return control.NewReport(base, snap, errtext.English)
}
