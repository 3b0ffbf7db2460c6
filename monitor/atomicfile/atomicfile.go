// Package atomicfile replaces a file in one step.
package atomicfile

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"
)

// Write replaces the file at path, so that a reader finds either the old file or the
// new one, even after a crash. The file is its owner's alone. A symbolic link at path is
// replaced, not followed. A missing folder is made, for its owner alone. If the last step
// fails, the rename, the error is an *os.LinkError.
//
// The temporary file always has the same name, so that killed processes leave at most
// one, which the next Write removes. Only one process may write a path at a time.
func Write(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	return write(path, data, func(*os.File) error { return nil })
}

// ErrReadOnly is Rewrite's error for a file that is read-only.
var ErrReadOnly = errors.New("the file is read-only")

// Rewrite is Write for a file that is there, and that is the user's own: mode and owner
// stay, and a symbolic link is followed. A rename would get past a read-only file on some
// systems, but the owner wants it so.
func Rewrite(path string, data []byte) error {
	path, err := filepath.EvalSymlinks(path)
	if err != nil {
		return err
	}
	old, err := os.Stat(path)
	if err != nil {
		return err
	}
	mode := old.Mode().Perm()
	if mode&0o200 == 0 {
		return ErrReadOnly
	}
	return write(path, data, func(file *os.File) error {
		if err := keepOwner(file, old); err != nil {
			return err
		}
		return file.Chmod(mode)
	})
}

func write(path string, data []byte, prepare func(*os.File) error) error {
	temporary := TempPath(path)
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
	_, err = file.Write(data)
	err = cmp.Or(err, prepare(file), file.Sync(), file.Close())
	if err == nil {
		err = patiently(func() error { return os.Rename(temporary, path) })
	}
	if err != nil {
		os.Remove(temporary)
	}
	return err
}

// TempPath is the file that Write makes beside path.
func TempPath(path string) string {
	return filepath.Join(filepath.Dir(path), ".altv-tray-"+filepath.Base(path)+".tmp")
}

// patiently tries again on Windows, where virus scanners and editors keep a new file
// open for a moment, so that it cannot be replaced.
func patiently(do func() error) error {
	for tries := 0; ; tries++ {
		if err := do(); err == nil || runtime.GOOS != "windows" || tries == 5 {
			return err
		}
		time.Sleep(50 * time.Millisecond)
	}
}
