package settings

import (
	"os"
	"path/filepath"
)

func systemPaths() (Paths, error) {
	config, err := os.UserConfigDir() // %APPDATA%
	if err != nil {
		return Paths{}, err
	}
	local, err := os.UserCacheDir() // %LOCALAPPDATA%
	if err != nil {
		return Paths{}, err
	}
	return Paths{
		Settings: settingsIn(config),
		StateDir: filepath.Join(local, folderName),
		CacheDir: filepath.Join(local, folderName, "cache"),
	}, nil
}
