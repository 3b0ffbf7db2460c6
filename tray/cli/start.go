package cli

import (
	"context"

	"altv-tray/monitor/clientfolder"
	"altv-tray/tray/surroundings"
)

// Start starts alt:V in debug mode, on its way to the profile's server.
type Start struct{}

func (Start) Run(ctx context.Context, e *Env) Code {
	_, store, err := e.open()
	if err != nil {
		return e.fail(Usage, err)
	}
	if err := store.Problem(); err != nil {
		return e.fail(Failed, err)
	}
	set := store.Current()
	folder, err := clientfolder.Find(ctx, set.Client.Folder)
	if err == nil {
		err = clientfolder.Start(ctx, folder, surroundings.ServerAddress(set.Active()))
	}
	if err != nil {
		return e.fail(Failed, err)
	}
	e.Say("alt:V is starting in debug mode")
	return OK
}
