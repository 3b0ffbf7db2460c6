//go:build !windows

package clientfolder

import (
	"os"
	"path/filepath"

	"altv-tray/monitor/folder"
)

// candidates are the Wine prefix in use, the default one, and those of Steam's Proton.
func candidates() (found []string) {
	home, _ := os.UserHomeDir()
	for _, prefix := range []string{
		os.Getenv("WINEPREFIX"),
		filepath.Join(home, ".wine"),
		filepath.Join(home, ".local/share/Steam/steamapps/compatdata/*/pfx"),
	} {
		pattern := filepath.Join(prefix, "drive_c/users/*/AppData/Local/altv")
		names, err := folder.Do(prefix, func() ([]string, error) { return filepath.Glob(pattern) })
		if err != nil {
			names = []string{prefix} // it does not answer, which Find has to learn
		}
		found = append(found, names...)
	}
	return found
}
