// Package autostart starts this program at login, by an entry in Windows' Run key or in the XDG
// autostart folder. The choice is stored nowhere else.
package autostart

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// name is that of the Run key's value and of the .desktop file.
const name = "altv-tray"

// Enabled reports whether the desktop starts this program at login. It does not if the entry
// names another path, such as an older place of the program, or if the user has switched the
// entry off in the desktop's own settings.
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

// Set writes the entry for this program, or removes the entry, whatever program that names. A
// missing entry is not an error.
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

// withWindow replaces altv-tray.com, which would open a console window, by altv-tray.exe.
func withWindow(exe string) string {
	if extension := filepath.Ext(exe); strings.EqualFold(extension, ".com") {
		return strings.TrimSuffix(exe, extension) + ".exe"
	}
	return exe
}
