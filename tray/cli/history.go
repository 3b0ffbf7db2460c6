package cli

import (
	"time"

	"altv-tray/monitor/history"
	"altv-tray/settings"
)

// History prints the last n sessions, restarts and reconnects.
func (e *Env) History(n int, asJSON bool) Code {
	paths, err := settings.DefaultPaths()
	if err != nil {
		return e.fail(Wrong, err)
	}
	store, err := history.Open(paths.StateDir)
	if err != nil {
		return e.fail(Wrong, err)
	}
	entries, err := store.Last(n)
	if err != nil {
		return e.fail(Wrong, err)
	}
	if asJSON {
		err = history.JSON(e.Stdout, entries)
	} else {
		err = history.Table(e.Stdout, entries, time.Now())
	}
	if err != nil {
		return e.fail(Wrong, err)
	}
	return OK
}
