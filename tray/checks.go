package tray

import (
	"context"
	"path/filepath"

	"altv-tray/tray/doctor"
	"altv-tray/tray/lang"
)

// checks looks at all that a reconnect depends on. T and seen are doctor.Input's.
func (a *App) checks(ctx context.Context, t *lang.Printer, seen func(place int, c doctor.Check)) []doctor.Check {
	now, set, system := a.monitor.Snapshot(), a.Store.Current(), a.System
	system.FindServerFolder = func(ctx context.Context, _ string) string {
		return a.surroundings.FindServerFolder(ctx, set.Active(), true)
	}
	return doctor.Run(ctx, doctor.Input{
		Settings: set,
		Problem:  a.Store.Problem(),
		App:      &doctor.AppState{Client: now.Client, Server: now.ServerWhy.Code, Hotkey: a.hotkey.State()},
		Paths:    a.Paths,
		Log:      filepath.Join(a.Paths.StateDir, LogName),
		Keyring:  a.Keyring,
		Printer:  t,
		OnCheck:     seen,
		System:   system,
	})
}
