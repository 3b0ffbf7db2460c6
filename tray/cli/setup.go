package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"altv-tray/monitor/control"
	"altv-tray/monitor/history"
	"altv-tray/settings"
	"altv-tray/tray/autostart"
	"altv-tray/tray/notify"
)

// Clean ends the tray app and removes what it has left on this computer: the start at login,
// what the system keeps for its notifications, the cache and the log. The flags add the rest.
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
	e.Say(c.summary())
	return OK
}

// summary describes what was removed and what was kept.
func (c Clean) summary() string {
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
		_ = os.Remove(filepath.Dir(paths.Settings)) // fails if it holds other files
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

// removeTree replaces os.RemoveAll, which fails under Wine 8 ("Invalid function").
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

// Path adds the program's folder to the user's PATH, or removes it. The Windows installer
// calls it, because NSIS cuts off a PATH at 1024 characters.
type Path struct {
	Remove bool `help:"Remove it from there."`
}

func (c Path) Run(_ context.Context, e *Env) Code {
	program, err := os.Executable()
	if err == nil {
		change := withFolder
		if c.Remove {
			change = withoutFolder
		}
		err = changeUserPath(func(path string) string { return change(path, filepath.Dir(program)) })
	}
	if err != nil {
		return e.report(Wrong, fmt.Errorf(`the user's PATH was not changed (registry key HKCU\Environment): %w`, err))
	}
	return OK
}

// withFolder adds a folder to a Windows PATH unless it is in it.
func withFolder(path, folder string) string {
	switch {
	case path == "":
		return folder
	case withoutFolder(path, folder) != path:
		return path
	}
	return path + ";" + folder
}

// withoutFolder removes a folder from a Windows PATH. Case, quotes and a final backslash make
// no difference.
func withoutFolder(path, folder string) string {
	plain := func(entry string) string { return strings.TrimRight(strings.Trim(entry, `"`), `\`) }
	return strings.Join(slices.DeleteFunc(strings.Split(path, ";"), func(entry string) bool {
		return strings.EqualFold(plain(entry), plain(folder))
	}), ";")
}
