package settings

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"altv-tray/monitor/atomicfile"
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

func replaceContent(file string, data []byte) error {
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
	mode := fs.FileMode(0o600)
	if statErr == nil {
		mode = old.Mode().Perm()
	}
	return atomicfile.Write(target, data, mode)
}

// errReadOnly is for a file that its owner has locked against changes.
var errReadOnly = errors.New("it is read-only: make it writable first")

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
