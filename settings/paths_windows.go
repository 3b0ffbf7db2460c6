package settings

import (
	"errors"
	"os"
	"path/filepath"
)

func systemFolders() (config, state, cache string, err error) {
	config, configErr := os.UserConfigDir() // %APPDATA%
	local, localErr := os.UserCacheDir()    // %LOCALAPPDATA%
	return config, local, filepath.Join(local, "altv-tray", "cache"), errors.Join(configErr, localErr)
}
