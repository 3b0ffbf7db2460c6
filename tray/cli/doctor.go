package cli

import (
	"context"
	"path/filepath"

	"altv-tray/monitor/control"
	"altv-tray/tray"
	"altv-tray/tray/doctor"
	"altv-tray/tray/lang"
	"altv-tray/tray/surroundings"
)

// Doctor checks all that a reconnect depends on and prints what is wrong and
// what to do. Warnings alone make no failure.
type Doctor struct {
	JSON bool `help:"Print the checks as JSON."`
}

func (c Doctor) Run(ctx context.Context, e *Env) Code {
	g, err := e.findScope()
	if err != nil {
		return e.report(Usage, err)
	}
	var checks []doctor.Check
	if g.app == nil || g.app.Ask(ctx, control.Checks, control.Request{}, &checks) != nil {
		checks = doctor.Run(ctx, doctor.Input{
			Settings: g.settings,
			Problem:  g.problem,
			Paths:    g.paths,
			Log:      filepath.Join(g.paths.StateDir, tray.LogName),
			Keyring:  e.Keyring,
			Printer:  lang.English(),
			System:   surroundings.RealSystem(),
		})
	}
	if err := ctx.Err(); err != nil {
		return e.report(Wrong, err) // what was cut off would look like failures
	}
	well := doctor.Count(checks, doctor.Failure) == 0
	if c.JSON {
		e.json(struct {
			OK     bool           `json:"ok"`
			Checks []doctor.Check `json:"checks"`
		}{well, checks})
	} else if err := doctor.Print(e.Stdout, e.terminal(), checks); err != nil {
		return e.report(Wrong, err)
	}
	if !well {
		return Wrong
	}
	return OK
}
