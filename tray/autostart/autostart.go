// Package autostart has the desktop start this program when its user logs in:
// on Windows through a value of the Run key, on Linux through a file in the XDG
// autostart folder. The system's own state is the only one there is; nothing
// else remembers what the user chose.
package autostart

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"altv-tray/monitor/problem"
)

// name is that of the Run key's value and of the .desktop file.
const name = "altv-tray"

// Enabled tells whether the desktop will start this program at login. It will
// not where the entry names another path, as one that was left behind by an
// older place of the program does, or where the user has switched the entry off
// in the desktop's own settings. The error is that the system's state cannot be
// read.
func Enabled() (bool, error) {
	program, err := Program()
	if err != nil {
		return false, err
	}
	on, err := systemEnabled(program)
	if err != nil {
		return false, fmt.Errorf("reading whether altv-tray starts at login: %w", err)
	}
	return on, nil
}

// Enable has the program exe, an absolute path, started at login with these
// arguments: see Program. It replaces an earlier entry, and takes back that the
// user switched it off in the desktop's own settings.
func Enable(exe string, args ...string) error {
	exe = withWindow(exe)
	err := check(exe)
	if err == nil {
		err = systemEnable(exe, args)
	}
	if err != nil {
		return fmt.Errorf("having altv-tray start at login: %w", err)
	}
	return nil
}

// Disable removes the entry, whatever it names. There being none is no error.
func Disable() error {
	if err := systemDisable(); err != nil {
		return fmt.Errorf("having altv-tray no longer start at login: %w", err)
	}
	return nil
}

// Program is the path to give to Enable: that of the program that runs, or on
// Windows, where it runs as altv-tray.com, that of altv-tray.exe beside it,
// which opens no console window.
func Program() (string, error) {
	exe, err := os.Executable()
	if err != nil {
		return "", fmt.Errorf("finding where altv-tray lies: %w", err)
	}
	return withWindow(exe), nil
}

// check refuses what could not be started at login.
func check(exe string) error {
	if !filepath.IsAbs(exe) {
		return fmt.Errorf("%q is not an absolute path", exe)
	}
	info, err := os.Stat(exe)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return problem.New(problem.ProgramGone).In(exe).Because(err)
	case err != nil:
		return err
	case info.IsDir():
		return problem.New(problem.NoProgram).In(exe)
	}
	return nil
}

// same tells whether two paths lead to one file.
func same(a, b string) bool {
	if filepath.Clean(a) == filepath.Clean(b) {
		return true
	}
	infoA, errA := os.Stat(a)
	infoB, errB := os.Stat(b)
	return errA == nil && errB == nil && os.SameFile(infoA, infoB)
}
