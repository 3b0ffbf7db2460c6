package autostart

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode/utf16"

	"golang.org/x/sys/windows"
	"golang.org/x/sys/windows/registry"

	"altv-tray/monitor/problem"
)

// place is the two keys below HKEY_CURRENT_USER that say what starts at login.
// Tests have keys of their own.
type place struct {
	run      string // a command line for each name
	approved string // what Task Manager and the Settings say about it
}

var users = place{
	run:      `Software\Microsoft\Windows\CurrentVersion\Run`,
	approved: `Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run`,
}

// maxCommand is the longest command line that Windows runs from a Run key
// (Microsoft's documentation of the Run and RunOnce keys).
const maxCommand = 260

// withWindow gives the twin without a console, altv-tray.exe, of altv-tray.com.
func withWindow(exe string) string {
	if extension := filepath.Ext(exe); strings.EqualFold(extension, ".com") {
		return strings.TrimSuffix(exe, extension) + ".exe"
	}
	return exe
}

func systemEnabled(program string) (bool, error)   { return users.enabled(program) }
func systemEnable(exe string, args []string) error { return users.enable(exe, args) }
func systemDisable() error                         { return users.disable() }

func (p place) enabled(program string) (bool, error) {
	command, err := p.command()
	if err != nil || command == "" {
		return false, err
	}
	args, err := windows.DecomposeCommandLine(command)
	if err != nil || len(args) == 0 || !strings.EqualFold(filepath.Clean(args[0]), filepath.Clean(program)) && !same(args[0], program) {
		return false, nil
	}
	off, err := p.switchedOff()
	return !off, err
}

// command gives the command line that the entry holds; empty where there is no
// entry, or one that is no text and so starts nothing.
func (p place) command() (string, error) {
	key, err := registry.OpenKey(registry.CURRENT_USER, p.run, registry.QUERY_VALUE)
	if err != nil {
		return "", unlessMissing(p.run, err)
	}
	defer key.Close()
	command, kind, err := key.GetStringValue(name)
	switch {
	case errors.Is(err, registry.ErrUnexpectedType):
		return "", nil
	case err != nil:
		return "", unlessMissing(p.run, err)
	case kind == registry.EXPAND_SZ:
		return registry.ExpandString(command)
	}
	return command, nil
}

// switchedOff tells whether the user has switched the entry off in Task Manager
// or the Settings. The value is not documented: its first byte was seen to be
// 02 or 06 for on, and odd for off, followed by the time of that.
func (p place) switchedOff() (bool, error) {
	key, err := registry.OpenKey(registry.CURRENT_USER, p.approved, registry.QUERY_VALUE)
	if err != nil {
		return false, unlessMissing(p.approved, err)
	}
	defer key.Close()
	value, _, err := key.GetBinaryValue(name)
	if errors.Is(err, registry.ErrUnexpectedType) {
		return false, nil
	}
	return len(value) > 0 && value[0]&1 != 0, unlessMissing(p.approved, err)
}

func (p place) enable(exe string, args []string) error {
	// Quoted in any case: in a Run key a path with a space and no quotes would
	// be tried word by word.
	command := `"` + exe + `"`
	for _, arg := range args {
		command += " " + windows.EscapeArg(arg)
	}
	if n := len(utf16.Encode([]rune(command))); n > maxCommand {
		return problem.New(problem.PathLong, problem.Text("length", strconv.Itoa(n)), problem.Text("most", strconv.Itoa(maxCommand))).In(exe)
	}
	key, _, err := registry.CreateKey(registry.CURRENT_USER, p.run, registry.SET_VALUE)
	if err != nil {
		return inKey(p.run, err)
	}
	defer key.Close()
	if err := key.SetStringValue(name, command); err != nil {
		return inKey(p.run, err)
	}
	return deleteValue(p.approved)
}

func (p place) disable() error {
	// Both are tried: what is left of the one says nothing without the other.
	return errors.Join(deleteValue(p.run), deleteValue(p.approved))
}

func deleteValue(path string) error {
	key, err := registry.OpenKey(registry.CURRENT_USER, path, registry.SET_VALUE)
	if err != nil {
		return unlessMissing(path, err)
	}
	defer key.Close()
	return unlessMissing(path, key.DeleteValue(name))
}

// unlessMissing passes over that a key or a value is not there.
func unlessMissing(path string, err error) error {
	if err == nil || errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return inKey(path, err)
}

func inKey(path string, err error) error {
	return fmt.Errorf(`registry key HKCU\%s: %w`, path, err)
}
