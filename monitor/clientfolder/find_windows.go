package clientfolder

import (
	"os"
	"path/filepath"
)

// candidates are where alt:V installs itself, and where a client runs.
func candidates() (found []string) {
	if base := os.Getenv("LOCALAPPDATA"); base != "" {
		found = append(found, filepath.Join(base, "altv"))
	}
	running, _ := Running()
	for _, process := range running {
		if process.Path != "" {
			found = append(found, filepath.Dir(process.Path))
		}
	}
	return found
}
