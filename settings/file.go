package settings

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"reflect"
	"time"

	"altv-tray/monitor/atomicfile"
	"altv-tray/monitor/problem"
)

// reading is the result of reading the settings file.
type reading struct {
	data    []byte
	written time.Time // modification time; zero if nothing was read
	mode    fs.FileMode
	missing bool
	err     error // why the existing file cannot be read, as a *problem.Problem
}

// unchanged reports whether the file is certainly the one that was read. It calls stat once. A
// change within two seconds, the resolution of FAT, may leave the modification time as it is.
func (r reading) unchanged(file string) bool {
	info, err := os.Stat(file)
	return err == nil && info.ModTime().Equal(r.written) && info.Size() == int64(len(r.data)) && info.Mode() == r.mode &&
		time.Since(r.written) > 2*time.Second
}

// same reports whether both readings have the same result.
func (r reading) same(other reading) bool {
	return reflect.DeepEqual(r.err, other.err) && r.missing == other.missing && bytes.Equal(r.data, other.data)
}

func readFile(file string) reading {
	failed := func(code problem.Code, err error) reading {
		return reading{err: problem.New(code).In(file).Because(err)}
	}
	// Check before opening: opening a pipe would wait for a writer.
	info, err := os.Stat(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return reading{missing: true}
	case err != nil:
		return failed(problem.NotRead, err)
	case info.IsDir():
		return failed(problem.IsFolder, nil)
	case !info.Mode().IsRegular():
		return failed(problem.NotRegular, nil)
	case info.Size() > maxFileSize+int64(len(byteOrderMark)):
		return failed(problem.FileTooLarge, nil)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return failed(problem.NotRead, err)
	}
	return reading{data: data, written: info.ModTime(), mode: info.Mode()}
}

// writeFile replaces the content of a file, or of a symbolic link's target, in one step. Mode
// and owner stay. Only the owner can read a new file. The error is a *problem.Problem.
func writeFile(file string, data []byte) error {
	err := atomicfile.Rewrite(file, data)
	if _, missing := os.Lstat(file); errors.Is(missing, fs.ErrNotExist) {
		err = atomicfile.Write(file, data)
	}
	if err == nil || problem.CodeOf(err) == problem.ReadOnly {
		return err
	}
	return problem.New(problem.NotWritten).In(file).Because(err)
}
