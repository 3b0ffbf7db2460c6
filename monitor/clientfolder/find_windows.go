package clientfolder

import (
	"context"
	"os"
	"path/filepath"
)

func candidates(ctx context.Context) []Folder {
	var found []Folder
	if base := os.Getenv("LOCALAPPDATA"); base != "" {
		found = append(found, Folder{filepath.Join(base, "altv"), SourceDefault})
	}
	running, _ := Running(ctx)
	for _, process := range running {
		if process.Path != "" {
			found = append(found, Folder{filepath.Dir(process.Path), SourceRunning})
		}
	}
	return found
}
