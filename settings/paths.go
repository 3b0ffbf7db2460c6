package settings

import (
	"fmt"
	"os"
	"path/filepath"
)

// folderName is the app's name in each of the user's folders.
const folderName = "altv-tray"

// Paths is where the app's files lie, all absolute.
type Paths struct {
	Settings string // the settings file
	StateDir string // log, history, control.json
	CacheDir string // what can be made again
}

// DefaultPaths returns the places of this user, none of which need exist: on
// Linux those of the XDG base directory specification, on Windows those under
// %APPDATA% and %LOCALAPPDATA%; where a file PortableMark lies beside the
// program, those beside it. The error is that they cannot be found out.
func DefaultPaths() (Paths, error) {
	if exe, err := os.Executable(); err == nil && isPortable(filepath.Dir(exe)) {
		return portablePaths(filepath.Dir(exe)), nil
	}
	paths, err := systemPaths()
	if err != nil {
		return Paths{}, fmt.Errorf("finding the folders for settings and logs: %w", err)
	}
	return paths, nil
}

// MakeStateDir makes the state folder if it is missing, for its owner alone.
func (p Paths) MakeStateDir() error {
	if err := os.MkdirAll(p.StateDir, 0o700); err != nil {
		return fmt.Errorf("making the state folder %s: %w", p.StateDir, err)
	}
	return nil
}

func settingsIn(folder string) string {
	return filepath.Join(folder, folderName, "settings.toml")
}
