package settings

import (
	"errors"
	"os"
	"path/filepath"
)

// systemFolders ignores relative paths, as XDG requires; os.UserConfigDir returns an error.
func systemFolders() (config, state, cache string, err error) {
	home := os.Getenv("HOME")
	folder := func(variable, inHome string) string {
		if folder := os.Getenv(variable); filepath.IsAbs(folder) {
			return folder
		}
		if !filepath.IsAbs(home) {
			err = errors.New("HOME is not an absolute path: correct it")
		}
		return filepath.Join(home, inHome)
	}
	config, state = folder("XDG_CONFIG_HOME", ".config"), folder("XDG_STATE_HOME", ".local/state")
	return config, state, filepath.Join(folder("XDG_CACHE_HOME", ".cache"), "altv-tray"), err
}
