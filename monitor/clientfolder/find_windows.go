package clientfolder

import (
	"context"
	"os"
	"path/filepath"
)

// candidates are where alt:V installs itself, and where a client runs.
func candidates(ctx context.Context) (found []string) {
	if base := os.Getenv("LOCALAPPDATA"); base != "" {
		found = append(found, filepath.Join(base, "altv"))
	}
	running, _ := Running(ctx)
	for _, process := range running {
		if process.Path != "" {
			found = append(found, filepath.Dir(process.Path))
		}
	}
	return found
}
