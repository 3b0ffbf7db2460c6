package settings

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"reflect"
	"time"

	"altv-tray/monitor/problem"
)

// reading is what was found where the settings file should be.
type reading struct {
	data    []byte
	written time.Time // when it was last written; zero where nothing was read
	mode    fs.FileMode
	missing bool
	err     error // the file is there but cannot be read: a *problem.Problem
}

// unchanged reports, by one stat, that the file is the one that was read; false: it may not be.
// A change within two seconds, FAT's step, may leave a file's time as it is.
func (r reading) unchanged(file string) bool {
	info, err := os.Stat(file)
	return err == nil && info.ModTime().Equal(r.written) && info.Size() == int64(len(r.data)) && info.Mode() == r.mode &&
		time.Since(r.written) > 2*time.Second
}

func (r reading) same(other reading) bool {
	return reflect.DeepEqual(r.err, other.err) && r.missing == other.missing && bytes.Equal(r.data, other.data)
}

func readFile(file string) reading {
	failed := func(code problem.Code, err error) reading {
		return reading{err: problem.New(code).In(file).Because(err)}
	}
	// Asked before opening, as opening a pipe would wait for a writer.
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
