package main

import (
	"archive/tar"
	"archive/zip"
	"compress/gzip"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"text/template"
)

// packed is one file of a package.
type packed struct {
	name string // slash-separated, within the package
	from string
	mode fs.FileMode
}

// writeTo makes a file and hands it to write.
func writeTo(file string, write func(io.Writer) error) (err error) {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return write(f)
}

// fill makes a file of a template, which sees the release, or data where that is
// not nil.
func (r *release) fill(from, to string, data any) error {
	t, err := template.ParseFiles(from)
	if err != nil {
		return err
	}
	if data == nil {
		data = r
	}
	return writeTo(to, func(w io.Writer) error { return t.Execute(w, data) })
}

// stage lays files out in a folder, with the release's time, and rights that do
// not depend on the umask.
func (r *release) stage(folder string, files []packed) error {
	for _, p := range files {
		data, err := os.ReadFile(p.from)
		if err != nil {
			return err
		}
		file := filepath.Join(folder, filepath.FromSlash(p.name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(file, data, p.mode); err != nil {
			return err
		}
		if err := errors.Join(os.Chmod(file, p.mode), os.Chtimes(file, r.Epoch, r.Epoch)); err != nil {
			return err
		}
	}
	return filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return err
		}
		return os.Chmod(path, 0o755)
	})
}

func (r *release) zip(file, folder string, files []packed) error {
	return writeTo(file, func(w io.Writer) error {
		z := zip.NewWriter(w)
		for _, p := range files {
			data, err := os.ReadFile(p.from)
			if err != nil {
				return err
			}
			header := &zip.FileHeader{Name: path.Join(folder, p.name), Method: zip.Deflate, Modified: r.Epoch}
			header.SetMode(p.mode)
			entry, err := z.CreateHeader(header)
			if err != nil {
				return err
			}
			if _, err := entry.Write(data); err != nil {
				return err
			}
		}
		return z.Close()
	})
}

func (r *release) tarGzip(file, folder string, files []packed) error {
	return writeTo(file, func(w io.Writer) error {
		compressed, err := gzip.NewWriterLevel(w, gzip.BestCompression)
		if err != nil {
			return err
		}
		t := tar.NewWriter(compressed)
		for _, p := range files {
			data, err := os.ReadFile(p.from)
			if err != nil {
				return err
			}
			header := &tar.Header{Name: path.Join(folder, p.name), Mode: int64(p.mode), Size: int64(len(data)), ModTime: r.Epoch, Uname: "root", Gname: "root"}
			if err := t.WriteHeader(header); err != nil {
				return err
			}
			if _, err := t.Write(data); err != nil {
				return err
			}
		}
		return errors.Join(t.Close(), compressed.Close())
	})
}

// gzipped packs a text as Debian wants documentation: no name, no time.
func gzipped(from, to string) error {
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return writeTo(to, func(w io.Writer) error {
		z, err := gzip.NewWriterLevel(w, gzip.BestCompression)
		if err != nil {
			return err
		}
		_, err = z.Write(data)
		return errors.Join(err, z.Close())
	})
}
