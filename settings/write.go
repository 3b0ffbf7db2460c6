package settings

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// writeFile replaces a file's content so that a reader, or a crash, finds either
// the old or the new one. The mode stays; a new file is the owner's alone. Where
// file is a symbolic link, the file that it leads to is replaced. The error is an
// *Error.
func writeFile(file string, data []byte) error {
	err := replaceContent(file, data)
	switch {
	case errors.Is(err, errCircle):
		return wrong(LinkCircle).at(file)
	case errors.Is(err, errReadOnly):
		return wrong(ReadOnly).at(file).because(err)
	case err != nil:
		return wrong(NotWritten, cause(err)).at(file).because(err)
	}
	return nil
}

func replaceContent(file string, data []byte) (err error) {
	target, err := linkTarget(file)
	if err != nil {
		return err
	}
	// Linux would replace it all the same, Windows would not say why it does not.
	old, statErr := os.Stat(target)
	if statErr == nil && old.Mode().Perm()&0o200 == 0 {
		return errReadOnly
	}
	if err := os.MkdirAll(filepath.Dir(target), 0o700); err != nil {
		return err
	}
	temporary, err := createTemporary(target)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			temporary.Close()
			os.Remove(temporary.Name())
		}
	}()
	if _, err := temporary.Write(data); err != nil {
		return err
	}
	if statErr == nil {
		if err := temporary.Chmod(old.Mode().Perm()); err != nil {
			return err
		}
	}
	if err := temporary.Sync(); err != nil {
		return err
	}
	if err := temporary.Close(); err != nil {
		return err
	}
	return replaceFile(temporary.Name(), target)
}

// errReadOnly is for a file that its owner has locked against changes.
var errReadOnly = errors.New("it is read-only: make it writable first")

// createTemporary makes the file that is to replace target. It always has the
// same name, so that processes killed here leave one at most, which the next
// write takes away. Only one process writes the settings, the tray app.
func createTemporary(target string) (*os.File, error) {
	name := filepath.Join(filepath.Dir(target), ".altv-tray-"+filepath.Base(target)+".tmp")
	var file *os.File
	err := patiently(func() (err error) {
		if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		file, err = os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		return err
	})
	return file, err
}

// linkTarget follows symbolic links to the file itself, which need not exist.
func linkTarget(file string) (string, error) {
	const mostLinks = 40 // Linux's own limit
	for range mostLinks {
		info, err := os.Lstat(file)
		if errors.Is(err, fs.ErrNotExist) {
			return file, nil
		}
		if err != nil {
			return "", err
		}
		if info.Mode()&fs.ModeSymlink == 0 {
			return file, nil
		}
		next, err := os.Readlink(file)
		if err != nil {
			return "", err
		}
		if !filepath.IsAbs(next) {
			next = filepath.Join(filepath.Dir(file), next)
		}
		file = next
	}
	return "", errCircle
}

var errCircle = errors.New("its symbolic links lead round in a circle")
