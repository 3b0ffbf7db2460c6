package settings

import (
	"fmt"
	"os"
	"path/filepath"
)

// Paths has the absolute paths of the app's files.
type Paths struct {
	Settings string // the settings file
	StateDir string // log, history, control.json
	CacheDir string // files that the program can make again
}

// portableMark is a file in the program's folder that keeps settings, state and cache there too.
// Passwords stay in the system's keyring.
const portableMark = "portable"

// DefaultPaths returns this user's paths, which need not exist: on Linux those of the XDG base
// directory specification, on Windows under %APPDATA% and %LOCALAPPDATA%, and in the program's
// folder if that has a file named "portable".
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
	info, err := os.Stat(filepath.Join(dir, portableMark))
	return Paths{filepath.Join(dir, "settings.toml"), filepath.Join(dir, "state"), filepath.Join(dir, "cache")}, err == nil && info.Mode().IsRegular()
}
