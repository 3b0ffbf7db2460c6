package cli

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"altv-tray/monitor/control"
	"altv-tray/tray"
)

// Run is the tray app.
func (e *Env) Run(ctx context.Context) Code {
	paths, store, err := e.open()
	if err != nil {
		return e.fail(Usage, err)
	}
	if err := paths.MakeStateDir(); err != nil {
		e.Say("altv-tray: " + err.Error())
	} else if release, err := control.LockTray(paths.StateDir); errors.Is(err, control.ErrHeld) {
		e.alreadyRunning()
		return OK
	} else if err != nil {
		e.Say("altv-tray: " + err.Error())
	} else {
		defer release()
	}
	first := missing(store.File()) && missing(filepath.Join(paths.StateDir, tray.LogName))
	log, closeLog, err := tray.OpenLog(paths.StateDir, e.Stderr)
	defer closeLog()
	if err != nil {
		e.Say("altv-tray: " + err.Error())
	}
	tray.New(tray.Options{
		Version: Version, StateDir: paths.StateDir, CacheDir: paths.CacheDir,
		Store: store, Keyring: e.keyring(), Log: log, Say: e.Say,
		FirstStart: first,
	}).Run(ctx)
	return OK
}

func missing(file string) bool {
	_, err := os.Stat(file)
	return errors.Is(err, fs.ErrNotExist)
}

func (e *Env) alreadyRunning() {
	const text = "altv-tray is running already: look for its icon in the system tray"
	e.Say(text)
	if !hasConsole() {
		tray.Tell("altv-tray is running already", "Look for its icon in the system tray.")
	}
}
