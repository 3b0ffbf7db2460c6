package panel

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"altv-tray/assets"
)

func TestIconFiles(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "not", "there")
	paths := map[string]bool{}
	for _, i := range append(assets.Icons(), assets.App) {
		path, err := Picture(dir, i)
		if err != nil {
			t.Fatal(err)
		}
		holds(t, path, assets.PNG(i))
		paths[path] = true
		if i == assets.App {
			continue
		}
		for _, o := range []assets.Overlay{assets.NoOverlay, assets.AutomaticOff, assets.Paused, assets.Pending} {
			for _, theme := range []assets.Theme{assets.Light, assets.Dark} {
				if path, err = trayFile(dir, i, o, theme); err != nil || filepath.Ext(path) != assets.Ext {
					t.Fatal(path, err)
				}
				holds(t, path, assets.Tray(i, o, theme))
				paths[path] = true
			}
		}
	}
	const want = 10 + 9*4*2
	if len(paths) != want {
		t.Errorf("%d files for 10 pictures and 9 tray icons with 4 overlays in 2 themes", len(paths))
	}
	var there int
	err := filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			there++
		}
		return err
	})
	if err != nil || there != want {
		t.Errorf("%d files in the folder, %v: temporary ones are left over", there, err)
	}
}

func holds(t *testing.T, path string, want []byte) {
	t.Helper()
	got, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("%s does not hold the icon: %v", path, err)
	}
}

// A file that others have put there is not shown.
func TestForeignIconFileIsReplaced(t *testing.T) {
	dir := t.TempDir()
	path, err := Picture(dir, assets.InGame)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("something else"), 0o600); err != nil {
		t.Fatal(err)
	}
	again, err := Picture(dir, assets.InGame)
	if err != nil || again != path {
		t.Fatalf("%s, %v", again, err)
	}
	holds(t, path, assets.PNG(assets.InGame))
}

func TestIconFolderThatCannotBeMade(t *testing.T) {
	blocked := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(blocked, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if path, err := Picture(blocked, assets.InGame); err == nil {
		t.Errorf("%s without an error", path)
	}
	if err := os.Remove(blocked); err != nil {
		t.Fatal(err)
	}
	// It works once it can.
	if _, err := Picture(blocked, assets.InGame); err != nil {
		t.Error(err)
	}
}

func TestIconFolderIsPrivate(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("rights are inherited there")
	}
	dir := filepath.Join(t.TempDir(), "cache")
	path, err := Picture(dir, assets.InGame)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]fs.FileMode{path: 0o600, filepath.Dir(path): 0o700} {
		if info, err := os.Stat(name); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v", name, info.Mode(), err)
		}
	}
}
