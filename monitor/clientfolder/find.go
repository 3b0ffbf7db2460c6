// Package clientfolder knows the alt:V client's install folder: where it is, its settings
// and log, whether the client runs, and how to start it.
package clientfolder

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"altv-tray/monitor/folder"
)

const (
	exeName  = "altv.exe"
	tomlName = "altv.toml"
)

// ErrNotFound is wrapped by Find's error if there is no alt:V client.
var ErrNotFound = errors.New("no alt:V client found")

// Find returns the client's install folder, an absolute path: set if it is not empty, else
// the first of the usual places with altv.exe or altv.toml. It is not for polling. It
// skips folders that do not answer; the error wraps folder.ErrSilent if one did not.
func Find(set string) (string, error) {
	if set == "" {
		return firstClient("the usual places: set client.folder in the settings to the folder with "+exeName, candidates()...)
	}
	path, err := filepath.Abs(set)
	if err != nil {
		return "", fmt.Errorf("client.folder %s: %w", set, err)
	}
	return firstClient(path+": correct client.folder in the settings or leave it empty", path)
}

func firstClient(where string, places ...string) (string, error) {
	none := fmt.Errorf("%w in %s", ErrNotFound, where)
	for _, place := range places {
		there, err := folder.Do(place, func() (bool, error) { return holdsClient(place), nil })
		if there {
			return place, nil
		}
		if err != nil {
			none = err
		}
	}
	return "", none
}

func holdsClient(dir string) bool {
	return slices.ContainsFunc([]string{exeName, tomlName}, func(name string) bool {
		info, err := os.Stat(filepath.Join(dir, name))
		return err == nil && info.Mode().IsRegular()
	})
}
