// Package atomicfile replaces a file in one step. It imports nothing of the
// project.
package atomicfile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"
)

// Write puts a file with this content and mode at path, so that a reader, or a
// crash, finds either the old file or the new one. A symbolic link at path is
// replaced, not followed. The folder must exist. The error of the last step, in
// which the file gets its name, is an *os.LinkError.
//
// The temporary file beside it always has the same name, so that processes
// killed here leave one at most, which the next Write takes away. Only one
// process may write the same path at a time.
func Write(path string, data []byte, mode fs.FileMode) error {
	temporary := Temporary(path)
	var file *os.File
	err := patiently(func() (err error) {
		if err := os.Remove(temporary); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		file, err = os.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		return err
	})
	if err != nil {
		return err
	}
	if _, err = file.Write(data); err == nil {
		err = file.Chmod(mode)
	}
	if err == nil {
		err = file.Sync()
	}
	if closeErr := file.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = patiently(func() error { return os.Rename(temporary, path) })
	}
	if err != nil {
		os.Remove(temporary)
	}
	return err
}

// Temporary is the file that Write makes beside path.
func Temporary(path string) string {
	return filepath.Join(filepath.Dir(path), ".altv-tray-"+filepath.Base(path)+".tmp")
}

// patiently tries again on Windows. Virus scanners and editors keep a file that
// was just written open for a moment there, and it cannot be replaced meanwhile.
func patiently(do func() error) error {
	err := do()
	for range 5 {
		if err == nil || runtime.GOOS != "windows" {
			break
		}
		time.Sleep(50 * time.Millisecond)
		err = do()
	}
	return err
}
