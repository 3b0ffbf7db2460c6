package action

import (
	"context"

	"altv-tray/tray/doctor"
	"altv-tray/tray/lang"
)

// Checks looks at all that a reconnect depends on. T and seen are doctor.Input's.
func (d *Doer) Checks(ctx context.Context, t *lang.Printer, seen func(place int, c doctor.Check)) []doctor.Check {
	now, key := d.Monitor.Snapshot(), d.Hotkey()
	return doctor.Run(ctx, doctor.Input{
		Settings: d.Store.Current(),
		Problem:  d.Store.Problem(),
		InApp:    true,
		Client:   now.Client,
		Server:   now.ServerWhy.Code,
		Paths:    d.Paths,
		Log:      d.LogFile,
		Keyring:  d.Keyring,
		Hotkey:   &key,
		Printer:  t,
		Seen:     seen,
		ServerFolder: func(ctx context.Context) string {
			return d.Around.SeekServerFolder(ctx, d.Store.Current().Active())
		},
	})
}
