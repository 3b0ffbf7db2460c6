package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"altv-tray/monitor/control"
	"altv-tray/monitor/history"
	"altv-tray/settings"
	"altv-tray/tray/autostart"
	"altv-tray/tray/notify"
)

// Clean ends the tray app and takes away what it has left on this computer:
// the start at login, the name for notifications, cache, log. The settings with
// the history, and the passwords, only where that is asked for.
func (e *Env) Clean(ctx context.Context, settingsToo, passwordsToo bool) Code {
	if e.SettingsFile != "" || e.Profile != "" {
		return e.fail(Usage, errors.New("clean removes what altv-tray keeps of its own: leave out --settings and --profile"))
	}
	paths, err := settings.DefaultPaths()
	if err != nil {
		return e.fail(Wrong, err)
	}
	if err := quit(ctx, paths.StateDir); err != nil && !errors.Is(err, control.ErrNoTray) {
		return e.fail(Failed, fmt.Errorf("nothing was removed: %w", err))
	}
	errs := []error{autostart.Disable(), notify.RemoveName()}
	if passwordsToo {
		errs = append(errs, settings.ForgetAllPasswords(ctx))
	}
	if ctx.Err() != nil {
		return e.fail(Wrong, errors.New("interrupted: not all was removed"))
	}
	if err := errors.Join(append(errs, removeFiles(paths, settingsToo))...); err != nil {
		return e.fail(Wrong, fmt.Errorf("not all was removed: %w", err))
	}
	return OK
}

func removeFiles(paths settings.Paths, settingsToo bool) error {
	errs := []error{removeTree(paths.CacheDir)}
	if settingsToo {
		errs = append(errs, removeFile(paths.Settings))
		removeEmpty(filepath.Dir(paths.Settings))
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
	removeEmpty(paths.StateDir)
	return errors.Join(errs...)
}

func removeFile(file string) error {
	if err := os.Remove(file); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// removeTree is os.RemoveAll with the plain calls of os.Remove: under Wine 8
// Go 1.26's os.RemoveAll fails with "Invalid function".
func removeTree(path string) error {
	info, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	var errs []error
	if err == nil && info.IsDir() {
		entries, err := os.ReadDir(path)
		errs = append(errs, err)
		for _, entry := range entries {
			errs = append(errs, removeTree(filepath.Join(path, entry.Name())))
		}
	}
	return errors.Join(append(errs, removeFile(path))...)
}

// removeEmpty leaves a folder in which something else lies.
func removeEmpty(folder string) { _ = os.Remove(folder) }
