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

	"altv-tray/monitor/problem"
)

// Write replaces the file at path, so that a reader finds either the old file or the new one,
// even after a crash. Only the owner may read the file. If the folder is missing, Write creates
// it, also for the owner alone. A symbolic link at path is replaced, not followed. If the rename,
// which is the last step, fails, the error is an *os.LinkError.
//
// The temporary file always has the same name, so that killed processes leave at most one,
// which the next Write removes. Only one process may write a path at a time.
func Write(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	return write(path, data, func(*os.File) error { return nil })
}

// Rewrite is like Write, but for a file that exists and belongs to the user: mode and owner stay,
// and a symbolic link is followed. It refuses a read-only file, which a rename would replace on
// some systems, with problem.ReadOnly.
func Rewrite(path string, data []byte) error {
	target, err := filepath.EvalSymlinks(path)
	if err != nil {
		return err
	}
	old, err := os.Stat(target)
	if err != nil {
		return err
	}
	mode := old.Mode().Perm()
	if mode&0o200 == 0 {
		return problem.New(problem.ReadOnly).In(path)
	}
	return write(target, data, func(file *os.File) error {
		if err := keepOwner(file, old); err != nil {
			return err
		}
		return file.Chmod(mode)
	})
}

func write(path string, data []byte, prepare func(*os.File) error) error {
	temporary := TempPath(path)
	var file *os.File
	err := retry(func() (err error) {
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
		err = retry(func() error { return os.Rename(temporary, path) })
	}
	if err != nil {
		os.Remove(temporary)
	}
	return err
}

// TempPath returns the path of Write's temporary file, which lies beside path.
func TempPath(path string) string {
	return filepath.Join(filepath.Dir(path), ".altv-tray-"+filepath.Base(path)+".tmp")
}

// retry repeats a step on Windows, where a file cannot be replaced while a virus scanner or an
// editor has it open for a moment.
func retry(do func() error) error {
	for tries := 0; ; tries++ {
		if err := do(); err == nil || runtime.GOOS != "windows" || tries == 5 {
			return err
		}
		time.Sleep(50 * time.Millisecond)
	}
}
