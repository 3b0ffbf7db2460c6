// Package clientfolder knows the alt:V client's install folder: where it is, its settings
// and log, whether the client runs, and how to start it.
package clientfolder

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"

	"altv-tray/monitor/folder"
)

const (
	exeName  = "altv.exe"
	tomlName = "altv.toml"
)

// ErrNotFound is wrapped by Find's error if there is no alt:V client.
var ErrNotFound = errors.New("no alt:V client found")

// Find returns the absolute path of the client's install folder: set if it is not empty, else
// the first of the usual places with altv.exe or altv.toml. It is too slow for polling. It
// skips folders that do not answer; the error wraps folder.ErrSilent if there was one.
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

// candidates returns the folder where alt:V installs itself and that of a running client; on
// Linux, those in the Wine prefix in use, the default prefix and the prefixes of Steam's
// Proton.
func candidates() (found []string) {
	if runtime.GOOS == "windows" {
		if base := os.Getenv("LOCALAPPDATA"); base != "" {
			found = append(found, filepath.Join(base, "altv"))
		}
		running, _ := Running()
		for _, process := range running {
			if process.Path != "" {
				found = append(found, filepath.Dir(process.Path))
			}
		}
		return found
	}
	home, _ := os.UserHomeDir()
	for _, prefix := range []string{
		os.Getenv("WINEPREFIX"),
		filepath.Join(home, ".wine"),
		filepath.Join(home, ".local/share/Steam/steamapps/compatdata/*/pfx"),
	} {
		pattern := filepath.Join(prefix, "drive_c/users/*/AppData/Local/altv")
		names, err := folder.Do(prefix, func() ([]string, error) { return filepath.Glob(pattern) })
		if err != nil {
			names = []string{prefix} // it does not answer, and Find must report that
		}
		found = append(found, names...)
	}
	return found
}

// firstClient returns the first place that holds a client. Where is for the error.
func firstClient(where string, places ...string) (string, error) {
	notFound := fmt.Errorf("%w in %s", ErrNotFound, where)
	for _, place := range places {
		found, err := folder.Do(place, func() (bool, error) { return holdsClient(place), nil })
		if found {
			return place, nil
		}
		if err != nil {
			notFound = err
		}
	}
	return "", notFound
}

func holdsClient(dir string) bool {
	return slices.ContainsFunc([]string{exeName, tomlName}, func(name string) bool {
		info, err := os.Stat(filepath.Join(dir, name))
		return err == nil && info.Mode().IsRegular()
	})
}
