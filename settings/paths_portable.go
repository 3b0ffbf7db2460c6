package settings

import (
	"os"
	"path/filepath"
)

// PortableMark is the name of the file that makes a program portable: where it
// lies beside the program, whatever is in it, settings, state and cache do so
// too. Passwords stay in the system's keyring.
const PortableMark = "portable"

func isPortable(programDir string) bool {
	info, err := os.Stat(filepath.Join(programDir, PortableMark))
	return err == nil && info.Mode().IsRegular()
}

func portablePaths(programDir string) Paths {
	return Paths{
		Settings: filepath.Join(programDir, "settings.toml"),
		StateDir: filepath.Join(programDir, "state"),
		CacheDir: filepath.Join(programDir, "cache"),
	}
}
