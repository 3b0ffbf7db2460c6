package cli

import (
	"context"
	"encoding/json"
	"path/filepath"

	"altv-tray/monitor/debugport"
	"altv-tray/monitor/gameserver"
	"altv-tray/monitor/problem"
	"altv-tray/tray"
	"altv-tray/tray/doctor"
	"altv-tray/tray/hotkey"
	"altv-tray/tray/lang"
	"altv-tray/tray/surroundings"
)

// doctorReport is what `doctor --json` prints.
type doctorReport struct {
	OK     bool           `json:"ok"` // no check is a failure
	Checks []doctor.Check `json:"checks"`
}

// Doctor checks all that a reconnect depends on and prints what is wrong and
// what to do. Warnings alone make no failure.
type Doctor struct {
	JSON bool `help:"Print the checks as JSON."`
}

func (c Doctor) Run(ctx context.Context, e *Env) Code {
	paths, store, err := e.open()
	if err != nil {
		return e.fail(Usage, err)
	}
	var seen debugport.Reading
	var server problem.Code
	var held *hotkey.State
	if r, ok := trayReport(ctx, paths.StateDir, store.Current().Client.Address, ""); ok {
		seen = r.Reading()
		if r.Profile == store.Current().Profile {
			server = problem.Code(r.Server.Code)
		}
		_ = json.Unmarshal(r.Hotkey, &held) // another version may have another form
	}
	checks := doctor.Run(ctx, doctor.Input{
		Settings: store.Current(),
		Client:   seen,
		Server:   server,
		Hotkey:   held,
		Problem:  store.Problem(),
		Paths:    paths,
		Log:      filepath.Join(paths.StateDir, tray.LogName),
		Keyring:  e.keyring(),
		Printer:  lang.New("en"),

		ServerFolder: func(ctx context.Context) string {
			return gameserver.FindFolder(ctx, surroundings.ServerAddress(store.Current().Active()))
		},
	})
	if err := ctx.Err(); err != nil {
		return e.fail(Wrong, err) // what was cut off would look like failures
	}
	well := doctor.Count(checks, doctor.Failure) == 0
	if c.JSON {
		e.json(doctorReport{OK: well, Checks: checks})
	} else if err := doctor.Print(e.Stdout, e.screen(), checks); err != nil {
		return e.fail(Wrong, err)
	}
	if !well {
		return Wrong
	}
	return OK
}
