package cli

import (
	"context"
	"os"
	"path/filepath"

	"golang.org/x/term"

	"altv-tray/monitor/control"
	"altv-tray/tray"
	"altv-tray/tray/doctor"
	"altv-tray/tray/lang"
	"altv-tray/tray/surroundings"
)

// Doctor checks everything that a reconnect depends on, and prints what is wrong and what to
// do about it. It fails if a check does; warnings are no failure.
type Doctor struct {
	JSON bool `help:"Print the checks as JSON."`
}

func (c Doctor) Run(ctx context.Context, e *Env) Code {
	s, err := e.findScope()
	if err != nil {
		return e.report(Usage, err)
	}
	var checks []doctor.Check
	if s.app == nil || s.app.Ask(ctx, control.Checks, control.Request{}, &checks) != nil {
		checks = doctor.Run(ctx, doctor.Input{
			Settings: s.settings,
			Problem:  s.problem,
			Paths:    s.paths,
			Log:      filepath.Join(s.paths.StateDir, tray.LogName),
			Keyring:  e.Keyring,
			Printer:  lang.English(),
			System:   surroundings.RealSystem(),
		})
	}
	if err := ctx.Err(); err != nil {
		return e.report(Wrong, err) // interrupted checks would look like failures
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

// terminal describes standard output: 80 columns without colours if it is not a terminal, and
// no colours if NO_COLOR (no-color.org) is set.
func (e *Env) terminal() doctor.Terminal {
	t := doctor.Terminal{Columns: 80}
	out, ok := e.Stdout.(*os.File)
	if !ok {
		return t
	}
	columns, _, err := term.GetSize(int(out.Fd()))
	if err != nil {
		return t
	}
	if columns > 0 { // some terminals report 0
		t.Columns = columns
	}
	t.Colour = os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && enableColours(out)
	return t
}
