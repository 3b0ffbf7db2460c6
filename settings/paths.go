package settings

import (
	"fmt"
	"os"
	"path/filepath"
)

// Paths is where the app's files lie, all absolute.
type Paths struct {
	Settings string // the settings file
	StateDir string // log, history, control.json
	CacheDir string // what can be made again
}

// PortableMark is the name of a file. If it lies beside the program, settings, state and cache
// do so too; passwords stay in the system's keyring.
const PortableMark = "portable"

// DefaultPaths returns this user's places, which need not exist: on Linux by the XDG base
// directory specification, on Windows under %APPDATA% and %LOCALAPPDATA%, or beside the
// program if PortableMark is there.
func DefaultPaths() (Paths, error) {
	if exe, err := os.Executable(); err == nil {
		if paths, ok := portablePaths(filepath.Dir(exe)); ok {
			return paths, nil
		}
	}
	config, state, cache, err := systemFolders()
	if err != nil {
		return Paths{}, fmt.Errorf("finding the folders for settings and logs: %w", err)
	}
	return Paths{filepath.Join(config, "altv-tray", "settings.toml"), filepath.Join(state, "altv-tray"), cache}, nil
}

func portablePaths(dir string) (Paths, bool) {
	info, err := os.Stat(filepath.Join(dir, PortableMark))
	return Paths{filepath.Join(dir, "settings.toml"), filepath.Join(dir, "state"), filepath.Join(dir, "cache")}, err == nil && info.Mode().IsRegular()
}
