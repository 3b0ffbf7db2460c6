package autostart

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"golang.org/x/sys/windows/registry"
)

// The keys below HKEY_CURRENT_USER. Tests replace them.
var (
	run      = `Software\Microsoft\Windows\CurrentVersion\Run`                          // a command line for each name
	approved = `Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run` // where Task Manager and the Settings switch it off
)

// command returns a quoted path: Windows would try an unquoted one with a space word by word.
func command(exe string) string { return `"` + exe + `"` }

func enabled(exe string) (bool, error) {
	own, found := command(exe), ""
	err := inKey(run, registry.QUERY_VALUE, func(key registry.Key) (err error) {
		found, _, err = key.GetStringValue(name)
		return err
	})
	if err != nil || len(found) < len(own) || !strings.EqualFold(found[:len(own)], own) {
		return false, err
	}
	// This is undocumented: the first byte was seen to be 02 or 06 for on, and odd for off.
	var state []byte
	err = inKey(approved, registry.QUERY_VALUE, func(key registry.Key) (err error) {
		state, _, err = key.GetBinaryValue(name)
		return err
	})
	return len(state) == 0 || state[0]&1 == 0, err
}

func enable(exe string) error {
	key, _, err := registry.CreateKey(registry.CURRENT_USER, run, registry.SET_VALUE)
	if err == nil {
		defer key.Close()
		err = key.SetStringValue(name, command(exe))
	}
	if err != nil {
		return fmt.Errorf(`registry key HKCU\%s: %w`, run, err)
	}
	return deleteValue(approved)
}

// disable removes both values: each means nothing without the other.
func disable() error { return errors.Join(deleteValue(run), deleteValue(approved)) }

func deleteValue(path string) error {
	return inKey(path, registry.SET_VALUE, func(key registry.Key) error { return key.DeleteValue(name) })
}

// inKey calls do with a key. A missing key or value is not an error.
func inKey(path string, access uint32, do func(registry.Key) error) error {
	key, err := registry.OpenKey(registry.CURRENT_USER, path, access)
	if err == nil {
		defer key.Close()
		err = do(key)
	}
	if err == nil || errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return fmt.Errorf(`registry key HKCU\%s: %w`, path, err)
}
