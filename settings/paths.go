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

// PortableMark is the name of the file that makes a program portable: where it
// lies beside the program, whatever is in it, settings, state and cache do so
// too. Passwords stay in the system's keyring.
const PortableMark = "portable"

// DefaultPaths returns the places of this user, none of which need exist: on
// Linux those of the XDG base directory specification, on Windows those under
// %APPDATA% and %LOCALAPPDATA%; where a file PortableMark lies beside the
// program, those beside it. The error is that they cannot be found out.
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

// MakeStateDir makes the state folder if it is missing, for its owner alone.
func (p Paths) MakeStateDir() error {
	if err := os.MkdirAll(p.StateDir, 0o700); err != nil {
		return fmt.Errorf("making the state folder %s: %w", p.StateDir, err)
	}
	return nil
}
