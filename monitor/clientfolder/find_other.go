//go:build !windows

package clientfolder

import (
	"context"
	"io/fs"
	"iter"
	"os"
	"path/filepath"

	"altv-tray/monitor/folder"
)

// candidates looks into the Wine prefix in use, the default one, and those that
// Steam's Proton made.
func candidates(context.Context) iter.Seq[Folder] {
	return func(yield func(Folder) bool) {
		for _, prefix := range winePrefixes() {
			for _, place := range []string{
				"drive_c/users/*/AppData/Local/altv",
				"drive_c/users/*/Local Settings/Application Data/altv", // Wine before 5.0
			} {
				for _, path := range glob(prefix, place) {
					if !yield(Folder{path, SourceWine}) {
						return
					}
				}
			}
		}
	}
}

func winePrefixes() []string {
	var prefixes []string
	if prefix := os.Getenv("WINEPREFIX"); prefix != "" {
		prefixes = append(prefixes, prefix)
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return prefixes
	}
	prefixes = append(prefixes, filepath.Join(home, ".wine"))
	return append(prefixes, glob(home, ".local/share/Steam/steamapps/compatdata/*/pfx")...)
}

// glob takes base as it is, whatever signs its name has.
func glob(base, pattern string) []string {
	names, err := folder.Do(base, func() ([]string, error) { return fs.Glob(os.DirFS(base), pattern) })
	if err != nil {
		return []string{base} // it does not answer, which Find has to learn
	}
	for i, name := range names {
		names[i] = filepath.Join(base, filepath.FromSlash(name))
	}
	return names
}
