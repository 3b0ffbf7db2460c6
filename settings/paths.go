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
	if exe, err := os.Executable(); err == nil && isPortable(filepath.Dir(exe)) {
		return portablePaths(filepath.Dir(exe)), nil
	}
	config, state, cache, err := systemFolders()
	if err != nil {
		return Paths{}, fmt.Errorf("finding the folders for settings and logs: %w", err)
	}
	return Paths{filepath.Join(config, "altv-tray", "settings.toml"), filepath.Join(state, "altv-tray"), cache}, nil
}

func isPortable(programDir string) bool {
	info, err := os.Stat(filepath.Join(programDir, PortableMark))
	return err == nil && info.Mode().IsRegular()
}

func portablePaths(programDir string) Paths {
	return Paths{filepath.Join(programDir, "settings.toml"), filepath.Join(programDir, "state"), filepath.Join(programDir, "cache")}
}
