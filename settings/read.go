package settings

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
)

// reading is what was found where the settings file should be.
type reading struct {
	data    []byte
	missing bool
	err     *Error // the file is there but cannot be read
}

func (r reading) same(other reading) bool {
	if r.err != nil || other.err != nil {
		return r.err != nil && other.err != nil && r.err.Error() == other.err.Error()
	}
	return r.missing == other.missing && bytes.Equal(r.data, other.data)
}

func readFile(file string) reading {
	failed := func(problem string, err error) reading {
		return reading{err: &Error{File: file, Problem: problem, err: err}}
	}
	// Asked before opening, as opening a pipe would wait for a writer.
	info, err := os.Stat(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return reading{missing: true}
	case err != nil:
		return failed("cannot be read ("+cause(err)+"): see to it that you may read it", err)
	case info.IsDir():
		return failed("is a folder where a file should be: move it away", nil)
	case !info.Mode().IsRegular():
		return failed("is not a regular file: move it away", nil)
	}
	f, err := os.Open(file)
	if errors.Is(err, fs.ErrNotExist) {
		return reading{missing: true}
	}
	if err != nil {
		return failed("cannot be opened ("+cause(err)+"): see to it that you may read it", err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxFileSize+1))
	if err != nil {
		return failed("cannot be read ("+cause(err)+"): see to it that you may read it", err)
	}
	return reading{data: data}
}

// cause is an error's text without the file's name, which the *Error has.
func cause(err error) string {
	if inner := (*fs.PathError)(nil); errors.As(err, &inner) {
		return inner.Err.Error()
	}
	return err.Error()
}
