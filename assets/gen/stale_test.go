package main

import (
	"bytes"
	"compress/gzip"
	"image"
	"image/png"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/sergeymakinen/go-ico"
	"golang.org/x/image/bmp"
)

// icons is the folder with the drawings and what was made of them.
var icons = os.DirFS("../icons")

// read returns what is drawn.
func read(t *testing.T) drawings {
	t.Helper()
	all, err := readDrawings(icons)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// generated is what is made of them, drawn once for all tests.
var generated = sync.OnceValues(func() (map[string][]byte, error) { return generate(icons) })

// TestFilesOnDiskAreUpToDate compares what is packed, pixels for instance, and
// not bytes: another release of Go may pack the same in another way.
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
		same := func(a, b []byte) bool { return samePixels(decode(t, name, a), decode(t, name, b)) }
		if path.Ext(name) == ".gz" {
			same = func(a, b []byte) bool { return slices.EqualFunc(unpack(t, name, a), unpack(t, name, b), bytes.Equal) }
		}
		if !same(onDisk, data) {
			t.Errorf("%s is not what its SVG file gives; run \"go generate ./assets\"", name)
		}
	}
	for _, sub := range madeFolders {
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
	for _, name := range []string{"error.svg", "unknown.svg", "overlay_paused.svg"} {
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
	for _, sub := range madeFolders {
		if old, _ := filepath.Glob(path.Join(dir, sub, "before*")); len(old) != 0 {
			t.Errorf("pictures of a drawing that is gone are left: %q", old)
		}
		if fresh, _ := filepath.Glob(path.Join(dir, sub, "after*")); len(fresh) == 0 && sub != installerFolder {
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

// TestICOFilesHoldTheDrawing sees that half-transparent edges outlive the
// packing. It leaves out 256 pixels: the library rounds faint edges there.
func TestICOFilesHoldTheDrawing(t *testing.T) {
	for _, d := range read(t).states {
		pictures := icon{state: d}.renderAll(trayICOSizes)
		data, err := encodeICO(pictures)
		if err != nil {
			t.Fatal(err)
		}
		if !samePixels(decode(t, d.name+".ico", data), pictures) {
			t.Errorf("%s.ico does not hold what was drawn", d.name)
		}
	}
}

// TestPacksHoldEveryOverlay sees that the tray icons of Windows are there, in
// the order of the overlays' names.
func TestPacksHoldEveryOverlay(t *testing.T) {
	files, err := generated()
	if err != nil {
		t.Fatal(err)
	}
	all := read(t)
	for _, d := range all.states {
		for _, theme := range []theme{light, dark} {
			name := path.Join(trayFolder, d.name+"-"+theme.name+".ico.gz")
			icos := unpack(t, name, files[name])
			if len(icos) != 1+len(all.overlays) {
				t.Fatalf("%s holds %d files, want %d", name, len(icos), 1+len(all.overlays))
			}
			for n, data := range icos {
				var overlay *drawing
				if n > 0 {
					overlay = &all.overlays[n-1]
				}
				i, err := newIcon(d, overlay, theme)
				if err != nil {
					t.Fatal(err)
				}
				if !samePixels(decode(t, ".ico", data), i.renderAll(trayICOSizes)) {
					t.Errorf("file %d of %s is not the icon", n, name)
				}
			}
		}
	}
}

func TestFilesOfUnlikeLengthArePackedNowhere(t *testing.T) {
	if _, err := encodePack([][]byte{{1, 2}, {3}}); err == nil {
		t.Error("no error")
	}
}

// unpack returns the files in a pack, of which there are as many as overlays and
// one.
func unpack(t *testing.T, name string, data []byte) [][]byte {
	t.Helper()
	from, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	whole, err := io.ReadAll(from)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	files := slices.Collect(slices.Chunk(whole, len(whole)/(1+len(read(t).overlays))))
	for _, file := range files[1:] {
		for i := range file {
			file[i] ^= files[0][i]
		}
	}
	return files
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
	unpack := png.Decode
	if path.Ext(name) == ".bmp" {
		unpack = bmp.Decode
	}
	picture, err := unpack(bytes.NewReader(data))
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
