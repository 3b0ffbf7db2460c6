package settings

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"altv-tray/monitor/atomicfile"
	"altv-tray/monitor/problem"
)

// writeFile replaces a file's content in one step. The mode stays; a new file is
// the owner's alone. Where file is a symbolic link, the file that it leads to is
// replaced. The error is a *problem.Problem.
func writeFile(file string, data []byte) error {
	err := replaceContent(file, data)
	var found *problem.Problem
	switch {
	case err == nil:
		return nil
	case errors.As(err, &found):
		return found.In(file)
	}
	return problem.New(problem.NotWritten).In(file).Because(err)
}

func replaceContent(file string, data []byte) error {
	target, err := linkTarget(file)
	if err != nil {
		return err
	}
	// Linux would replace it all the same, Windows would not say why it does not.
	old, statErr := os.Stat(target)
	if statErr == nil && old.Mode().Perm()&0o200 == 0 {
		return problem.New(problem.ReadOnly)
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
	return "", problem.New(problem.LinkCircle)
}
