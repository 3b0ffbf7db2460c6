package main

import (
	"bytes"
	"image"
	"image/png"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/sergeymakinen/go-ico"
)

// icons is the folder with the drawings and what was made of them.
var icons = os.DirFS("../icons")

// generated is what is made of them, drawn once for all tests.
var generated = sync.OnceValues(func() (map[string][]byte, error) { return generate(icons) })

// TestFilesOnDiskAreUpToDate compares pixels, not bytes: another release of Go
// may pack the same pixels in another way.
func TestFilesOnDiskAreUpToDate(t *testing.T) {
	fresh, err := generated()
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range fresh {
		onDisk, err := fs.ReadFile(icons, name)
		if err != nil {
			t.Errorf("%v; run \"go generate ./assets\"", err)
			continue
		}
		if !samePixels(decode(t, name, onDisk), decode(t, name, data)) {
			t.Errorf("%s is not what its SVG file gives; run \"go generate ./assets\"", name)
		}
	}
	for _, sub := range []string{pngFolder, icoFolder} {
		entries, err := fs.ReadDir(icons, sub)
		if err != nil {
			t.Fatal(err)
		}
		for _, entry := range entries {
			if name := path.Join(sub, entry.Name()); fresh[name] == nil {
				t.Errorf("%s is made from no SVG file; run \"go generate ./assets\"", name)
			}
		}
	}
}

func TestSameInputSameBytes(t *testing.T) {
	few := make(fstest.MapFS)
	for _, name := range []string{"error.svg", "loading.svg", "unknown.svg"} {
		source, err := fs.ReadFile(icons, name)
		if err != nil {
			t.Fatal(err)
		}
		few[name] = &fstest.MapFile{Data: source}
	}
	first, err := generate(few)
	if err != nil {
		t.Fatal(err)
	}
	second, err := generate(few)
	if err != nil {
		t.Fatal(err)
	}
	if !maps.EqualFunc(first, second, bytes.Equal) {
		t.Error("the same drawings came out in two ways")
	}
}

func TestRunReplacesWhatIsThere(t *testing.T) {
	dir := t.TempDir()
	source, err := fs.ReadFile(icons, "error.svg")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(dir+"/before.svg", source, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := run(dir); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(dir+"/before.svg", dir+"/after.svg"); err != nil {
		t.Fatal(err)
	}
	if err := run(dir); err != nil {
		t.Fatal(err)
	}
	for _, sub := range []string{pngFolder, icoFolder} {
		if old, _ := filepath.Glob(path.Join(dir, sub, "before*")); len(old) != 0 {
			t.Errorf("pictures of a drawing that is gone are left: %q", old)
		}
		if fresh, _ := filepath.Glob(path.Join(dir, sub, "after*")); len(fresh) == 0 {
			t.Errorf("the new drawing has no pictures in %s", sub)
		}
	}
}

func TestRunWithoutDrawingsRemovesNothing(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(dir+"/png", 0o755); err != nil {
		t.Fatal(err)
	}
	if err := run(dir); err == nil {
		t.Error("run in a folder without SVG files gives no error")
	}
	if _, err := os.Stat(dir + "/png"); err != nil {
		t.Error(err)
	}
}

// TestICOFilesAreSmall keeps an eye on the Windows program, which holds them.
func TestICOFilesAreSmall(t *testing.T) {
	const limit = 60_000
	files, err := generated()
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range files {
		if path.Ext(name) == ".ico" && len(data) > limit {
			t.Errorf("%s has %d bytes, more than %d", name, len(data), limit)
		}
	}
}

// TestICOFilesHoldTheDrawing sees that half-transparent edges outlive the
// packing. It leaves out 256 pixels: the library rounds faint edges there.
func TestICOFilesHoldTheDrawing(t *testing.T) {
	drawings, err := readDrawings(icons)
	if err != nil {
		t.Fatal(err)
	}
	sizes := icoSizes[:len(icoSizes)-1]
	for _, d := range drawings {
		data, err := encodeICO(d, sizes)
		if err != nil {
			t.Fatal(err)
		}
		var want []image.Image
		for _, size := range sizes {
			want = append(want, d.render(size))
		}
		if !samePixels(decode(t, d.name+".ico", data), want) {
			t.Errorf("%s.ico does not hold what was drawn", d.name)
		}
	}
}

func decode(t *testing.T, name string, data []byte) []image.Image {
	t.Helper()
	if path.Ext(name) == ".ico" {
		pictures, err := ico.DecodeAll(bytes.NewReader(data))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		return pictures
	}
	picture, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return []image.Image{picture}
}

func samePixels(a, b []image.Image) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].Bounds() != b[i].Bounds() {
			return false
		}
		for y := range a[i].Bounds().Dy() {
			for x := range a[i].Bounds().Dx() {
				ar, ag, ab, aa := a[i].At(x, y).RGBA()
				br, bg, bb, ba := b[i].At(x, y).RGBA()
				if ar != br || ag != bg || ab != bb || aa != ba {
					return false
				}
			}
		}
	}
	return true
}
