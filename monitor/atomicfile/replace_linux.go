package atomicfile

import (
	"os"
	"path/filepath"
)

func replace(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		return err
	}
	// The new name outlasts a power failure once the folder is written too. Not
	// every file system can, and the change itself is done.
	if folder, err := os.Open(filepath.Dir(to)); err == nil {
		_ = folder.Sync()
		folder.Close()
	}
	return nil
}

// patiently tries once: on Linux no other program's open file is in the way.
func patiently(do func() error) error { return do() }
