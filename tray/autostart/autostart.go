// Package autostart starts this program at login: by a value of Windows' Run key, or a file in
// the XDG autostart folder. That entry is the only place where this is stored.
package autostart

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// name is that of the Run key's value and of the .desktop file.
const name = "altv-tray"

// Enabled reports whether the desktop starts this program at login. It does not
// where the entry names another path, such as an older place of the program, or
// where the user has switched the entry off in the desktop's own settings.
func Enabled() (on bool, err error) {
	exe, err := Executable()
	if err == nil {
		on, err = enabled(exe)
	}
	if err != nil {
		return false, fmt.Errorf("reading whether altv-tray starts at login: %w", err)
	}
	return on, nil
}

// Set makes the desktop start this program at login, and replaces an earlier entry; or it
// removes the entry, whatever that names. It is no error if there is none.
func Set(on bool) error {
	exe, err := Executable()
	switch {
	case !on:
		err = disable()
	case err == nil:
		err = enable(exe)
	}
	if err != nil {
		return fmt.Errorf("switching the start at login: %w", err)
	}
	return nil
}

// Executable returns the path by which the desktop starts this program.
func Executable() (string, error) {
	exe, err := os.Executable()
	return withWindow(exe), err
}

// withWindow returns altv-tray.exe for altv-tray.com, which would open a console window.
func withWindow(exe string) string {
	if extension := filepath.Ext(exe); strings.EqualFold(extension, ".com") {
		return strings.TrimSuffix(exe, extension) + ".exe"
	}
	return exe
}
