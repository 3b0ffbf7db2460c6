// Package atomicfile replaces a file in one step. It imports nothing of the
// project.
package atomicfile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// Write puts a file with this content and mode at path, so that a reader, or a
// crash, finds either the old file or the new one. A symbolic link at path is
// replaced, not followed. The folder must exist. The error of the last step, in
// which the file gets its name, is an *os.LinkError.
//
// The temporary file beside it always has the same name, so that processes
// killed here leave one at most, which the next Write takes away. Only one
// process may write the same path at a time.
func Write(path string, data []byte, mode fs.FileMode) (err error) {
	temporary := Temporary(path)
	var file *os.File
	err = patiently(func() (err error) {
		if err := os.Remove(temporary); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		file, err = os.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		return err
	})
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			file.Close()
			os.Remove(temporary)
		}
	}()
	if _, err := file.Write(data); err != nil {
		return err
	}
	if err := file.Chmod(mode); err != nil {
		return err
	}
	if err := file.Sync(); err != nil {
		return err
	}
	if err := file.Close(); err != nil {
		return err
	}
	return replace(temporary, path)
}

// Temporary is the file that Write makes beside path.
func Temporary(path string) string {
	return filepath.Join(filepath.Dir(path), ".altv-tray-"+filepath.Base(path)+".tmp")
}
