package cli

import (
	"context"
	"runtime"

	"altv-tray/monitor/clientfolder"
	"altv-tray/tray/surroundings"
)

// Start starts alt:V in debug mode, on its way to the profile's server.
type Start struct{}

func (Start) Run(ctx context.Context, e *Env) Code {
	if runtime.GOOS != "windows" { // before advice that helps nobody here
		return e.report(Failed, clientfolder.ErrWindowsOnly)
	}
	g, err := e.findScope()
	if err != nil {
		return e.report(Usage, err)
	}
	if g.problem != nil {
		return e.report(Failed, g.problem)
	}
	set := g.settings
	folder, err := clientfolder.Find(set.Client.Folder)
	if err == nil {
		err = clientfolder.Start(ctx, folder, surroundings.ServerAddress(set.Active()))
	}
	if err == nil {
		e.Say("alt:V is starting in debug mode")
	}
	return e.report(Failed, err)
}
