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
	missing bool
	err     error // the file is there but cannot be read: a *problem.Problem

	// info is from before the reading; nil if a later write may leave it the same.
	info fs.FileInfo
}

// coarsest is the step of FAT's file times.
const coarsest = 2 * time.Second

// isStill reports, by one stat, that the file is the one that was read; false: it may not be.
func (r reading) isStill(file string) bool {
	if r.info == nil {
		return false
	}
	info, err := os.Stat(file)
	return err == nil && info.Mode() == r.info.Mode() && info.Size() == r.info.Size() &&
		info.ModTime().Equal(r.info.ModTime()) && os.SameFile(info, r.info)
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
	r := reading{data: data, written: info.ModTime()}
	if time.Since(r.written) > coarsest {
		r.info = info
	}
	return r
}
