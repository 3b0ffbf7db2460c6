// Package clientfolder knows the folder that the alt:V client is installed in:
// where it is, what its settings say, why its last join failed, whether it runs,
// and how it is started.
package clientfolder

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"altv-tray/monitor/folder"
)

const (
	exeName  = "altv.exe"
	tomlName = "altv.toml"
)

// ErrNotFound is wrapped by Find's error where there is no alt:V client: neither
// in the folder that was set nor, with none set, in the usual places.
var ErrNotFound = errors.New("no alt:V client found")

// Where a Folder was found.
const (
	SourceSet     = "set"     // the caller named it
	SourceDefault = "default" // %LOCALAPPDATA%\altv, where alt:V installs itself
	SourceRunning = "running" // an altv.exe that runs now
	SourceWine    = "wine"    // a Wine or Proton prefix
)

// Folder is an install folder: it holds altv.exe or altv.toml.
type Folder struct {
	Path   string // absolute
	Source string // one of the Source constants
}

// Find returns the client's folder: set where it is not empty, else the first of
// the usual places that holds a client. It reads the file system and, on Windows,
// the list of processes, so it is not for polling. It ignores a folder that does
// not answer; where no other holds a client, the error wraps folder.ErrSilent.
func Find(ctx context.Context, set string) (Folder, error) {
	if set == "" {
		found, err := firstClient(candidates(ctx))
		if errors.Is(err, ErrNotFound) {
			err = fmt.Errorf("%w in the usual places: set client.folder in the settings to the folder with %s", err, exeName)
		}
		return found, err
	}
	path, err := filepath.Abs(set)
	if err != nil {
		return Folder{}, fmt.Errorf("client.folder %s: %w", set, err)
	}
	found, err := firstClient([]Folder{{path, SourceSet}})
	if errors.Is(err, ErrNotFound) {
		err = fmt.Errorf("%w in %s: there is no %s or %s; correct client.folder in the settings or leave it empty", err, path, exeName, tomlName)
	}
	return found, err
}

// firstClient returns ErrNotFound itself where there is none.
func firstClient(places []Folder) (Folder, error) {
	none := ErrNotFound
	for _, place := range places {
		there, err := folder.Do(place.Path, func() (bool, error) { return holdsClient(place.Path), nil })
		if there {
			return place, nil
		}
		if err != nil {
			none = err
		}
	}
	return Folder{}, none
}

func holdsClient(dir string) bool {
	for _, name := range []string{exeName, tomlName} {
		if info, err := os.Stat(filepath.Join(dir, name)); err == nil && info.Mode().IsRegular() {
			return true
		}
	}
	return false
}
