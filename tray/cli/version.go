package cli

import "context"

// PrintVersion prints the program's version.
type PrintVersion struct{}

func (PrintVersion) Run(_ context.Context, e *Env) Code {
	e.print("altv-tray %s", Version)
	return OK
}
