package settings

import (
	"errors"
	"os"
	"path/filepath"
)

func systemPaths() (Paths, error) {
	config, err := xdgFolder("XDG_CONFIG_HOME", ".config")
	if err != nil {
		return Paths{}, err
	}
	state, err := xdgFolder("XDG_STATE_HOME", ".local/state")
	if err != nil {
		return Paths{}, err
	}
	cache, err := xdgFolder("XDG_CACHE_HOME", ".cache")
	if err != nil {
		return Paths{}, err
	}
	return Paths{
		Settings: settingsIn(config),
		StateDir: filepath.Join(state, folderName),
		CacheDir: filepath.Join(cache, folderName),
	}, nil
}

// xdgFolder does as the XDG base directory specification says, which has
// relative values ignored; os.UserConfigDir fails on them, and knows no state.
func xdgFolder(variable, inHome string) (string, error) {
	if folder := os.Getenv(variable); filepath.IsAbs(folder) {
		return folder, nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", err
	}
	if !filepath.IsAbs(home) {
		return "", errors.New("HOME is not an absolute path: correct it")
	}
	return filepath.Join(home, inHome), nil
}
