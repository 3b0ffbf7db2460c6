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

// PortableMark is the name of a file. If it is in the program's folder, settings, state and cache
// are there too. Passwords stay in the system's keyring.
const PortableMark = "portable"

// DefaultPaths returns this user's paths, which need not exist: on Linux those of the XDG base
// directory specification, on Windows under %APPDATA% and %LOCALAPPDATA%, and with PortableMark
// in the program's folder.
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
