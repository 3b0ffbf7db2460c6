package settings

import (
	"io/fs"
	"os"
	"path/filepath"

	"altv-tray/monitor/atomicfile"
	"altv-tray/monitor/problem"
)

// writeFile replaces a file's content in one step, or that of the file that a symbolic link
// leads to. The mode stays; a new file is the owner's alone. The error is a
// *problem.Problem.
func writeFile(file string, data []byte) error {
	failed := func(err error) error { return problem.New(problem.NotWritten).In(file).Because(err) }
	target := file
	if info, err := os.Lstat(file); err == nil && info.Mode()&fs.ModeSymlink != 0 {
		if target, err = filepath.EvalSymlinks(file); err != nil {
			return failed(err)
		}
	}
	mode := fs.FileMode(0o600)
	if old, err := os.Stat(target); err == nil {
		mode = old.Mode().Perm()
	}
	// Linux would replace it all the same, Windows would not say why it does not.
	if mode&0o200 == 0 {
		return problem.New(problem.ReadOnly).In(file)
	}
	if err := os.MkdirAll(filepath.Dir(target), 0o700); err != nil {
		return failed(err)
	}
	if err := atomicfile.Write(target, data, mode); err != nil {
		return failed(err)
	}
	return nil
}
