package settings

import (
	"errors"
	"io/fs"
	"os"

	"altv-tray/monitor/atomicfile"
	"altv-tray/monitor/problem"
)

// writeFile replaces a file's content in one step, or that of the file that a symbolic link
// leads to. Mode and owner stay; a new file is the owner's alone. The error is a
// *problem.Problem.
func writeFile(file string, data []byte) error {
	err := atomicfile.Rewrite(file, data)
	if _, missing := os.Lstat(file); errors.Is(missing, fs.ErrNotExist) {
		err = atomicfile.Write(file, data)
	}
	switch {
	case err == nil:
		return nil
	case errors.Is(err, atomicfile.ErrReadOnly):
		return problem.New(problem.ReadOnly).In(file)
	}
	return problem.New(problem.NotWritten).In(file).Because(err)
}
