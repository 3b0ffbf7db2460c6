package settings

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
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
	config, configErr := os.UserConfigDir()
	local, localErr := os.UserCacheDir() // on Windows, that of the state too
	state, cache := local, filepath.Join(local, "altv-tray", "cache")
	if runtime.GOOS != "windows" {
		state = cmp.Or(os.Getenv("XDG_STATE_HOME"), filepath.Join(os.Getenv("HOME"), ".local", "state"))
		cache = filepath.Join(local, "altv-tray")
	}
	err := errors.Join(configErr, localErr)
	if err == nil && !filepath.IsAbs(state) {
		err = fmt.Errorf("%s is not an absolute path: correct HOME or XDG_STATE_HOME", state)
	}
	if err != nil {
		return Paths{}, fmt.Errorf("finding the folders for settings and logs: %w", err)
	}
	return Paths{filepath.Join(config, "altv-tray", "settings.toml"), filepath.Join(state, "altv-tray"), cache}, nil
}

func portablePaths(dir string) (Paths, bool) {
	info, err := os.Stat(filepath.Join(dir, portableMark))
	return Paths{filepath.Join(dir, "settings.toml"), filepath.Join(dir, "state"), filepath.Join(dir, "cache")}, err == nil && info.Mode().IsRegular()
}
