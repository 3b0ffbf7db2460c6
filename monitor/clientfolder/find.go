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
	"slices"

	"altv-tray/monitor/folder"
)

const (
	exeName  = "altv.exe"
	tomlName = "altv.toml"
)

// ErrNotFound is wrapped by Find's error where there is no alt:V client: neither
// in the folder that was set nor, with none set, in the usual places.
var ErrNotFound = errors.New("no alt:V client found")

// Find returns the client's install folder, an absolute path: set where it is not
// empty, else the first of the usual places that holds altv.exe or altv.toml. It
// reads the file system and, on Windows, the list of processes, so it is not for
// polling. It ignores a folder that does not answer; where no other holds a client,
// the error wraps folder.ErrSilent.
func Find(ctx context.Context, set string) (string, error) {
	if set == "" {
		found, err := firstClient(candidates(ctx))
		if errors.Is(err, ErrNotFound) {
			err = fmt.Errorf("%w in the usual places: set client.folder in the settings to the folder with %s", err, exeName)
		}
		return found, err
	}
	path, err := filepath.Abs(set)
	if err != nil {
		return "", fmt.Errorf("client.folder %s: %w", set, err)
	}
	found, err := firstClient([]string{path})
	if errors.Is(err, ErrNotFound) {
		err = fmt.Errorf("%w in %s: there is no %s or %s; correct client.folder in the settings or leave it empty", err, path, exeName, tomlName)
	}
	return found, err
}

// firstClient returns ErrNotFound itself where there is none.
func firstClient(places []string) (string, error) {
	none := ErrNotFound
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
