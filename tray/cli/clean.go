package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"altv-tray/monitor/control"
	"altv-tray/monitor/history"
	"altv-tray/settings"
	"altv-tray/tray/autostart"
	"altv-tray/tray/notify"
)

// Clean ends the tray app and removes what it has left on this computer: the start at login,
// what the system keeps of notifications, cache and log; settings, history and passwords if asked to.
type Clean struct {
	WithSettings  bool `help:"Remove the settings and the history, too."`
	WithPasswords bool `help:"Remove the passwords of all profiles, too."`
}

func (c Clean) Run(ctx context.Context, e *Env) Code {
	if e.SettingsFile != "" || e.Profile != "" {
		return e.report(Usage, errors.New("clean removes what altv-tray keeps of its own: leave out --settings and --profile"))
	}
	if err := quit(ctx, e.Paths.StateDir); err != nil && !errors.Is(err, control.ErrNoTray) {
		return e.report(Failed, fmt.Errorf("nothing was removed: %w", err))
	}
	errs := []error{autostart.Set(false), notify.RemoveTraces()}
	if c.WithPasswords {
		errs = append(errs, settings.ForgetAllPasswords(ctx))
	}
	if ctx.Err() != nil {
		return e.report(Wrong, errors.New("interrupted: not all was removed"))
	}
	if err := errors.Join(append(errs, removeFiles(e.Paths, c.WithSettings))...); err != nil {
		return e.report(Wrong, fmt.Errorf("not all was removed: %w", err))
	}
	e.Say(c.did())
	return OK
}

// did says what was removed, and what was kept.
func (c Clean) did() string {
	removed, kept := "Removed: the start at login, the cache, the log", "."
	for _, part := range []struct {
		asked      bool
		what, flag string
	}{{c.WithSettings, "the settings, the history", "--with-settings"}, {c.WithPasswords, "the passwords", "--with-passwords"}} {
		if part.asked {
			removed += ", " + part.what
		} else {
			kept += " Kept: " + part.what + " (" + part.flag + ")."
		}
	}
	return removed + kept
}

func removeFiles(paths settings.Paths, settingsToo bool) error {
	errs := []error{removeTree(paths.CacheDir)}
	if settingsToo {
		errs = append(errs, removeTree(paths.Settings))
		_ = os.Remove(filepath.Dir(paths.Settings)) // unless something else lies in it
	}
	entries, err := os.ReadDir(paths.StateDir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		errs = append(errs, err)
	}
	for _, entry := range entries {
		if settingsToo || entry.Name() != history.FileName {
			errs = append(errs, removeTree(filepath.Join(paths.StateDir, entry.Name())))
		}
	}
	_ = os.Remove(paths.StateDir)
	return errors.Join(errs...)
}

// removeTree is os.RemoveAll, which fails under Wine 8 ("Invalid function").
func removeTree(path string) error {
	var all []string
	_ = filepath.WalkDir(path, func(path string, _ fs.DirEntry, _ error) error { all = append(all, path); return nil })
	var errs []error
	for _, path := range slices.Backward(all) {
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}
