package assets

import (
	"bytes"
	"image/png"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// trayIcon is what Tray is asked for.
type trayIcon struct {
	icon    Icon
	overlay Overlay
	theme   Theme
}

// everyTrayIcon lists all that differ on this system.
func everyTrayIcon() (all []trayIcon) {
	for _, i := range Icons() {
		for o := range Overlay(overlays) {
			for _, t := range ownThemes {
				all = append(all, trayIcon{i, o, t})
			}
		}
	}
	return all
}

func TestEveryDrawingHasAName(t *testing.T) {
	paths, err := filepath.Glob("icons/*.svg")
	if err != nil {
		t.Fatal(err)
	}
	var drawn, drawnOverlays []string
	for _, p := range paths {
		name := strings.TrimSuffix(filepath.Base(p), ".svg")
		if overlay, is := strings.CutPrefix(name, "overlay_"); is {
			drawnOverlays = append(drawnOverlays, overlay)
		} else {
			drawn = append(drawn, name)
		}
	}
	var named, namedOverlays []string
	for _, i := range append(Icons(), App) {
		named = append(named, string(i))
	}
	for o := range Overlay(overlays) {
		if o != NoOverlay {
			namedOverlays = append(namedOverlays, o.String())
		}
	}
	slices.Sort(drawn)
	slices.Sort(named)
	if !slices.Equal(drawn, named) {
		t.Errorf("drawn are %q, named are %q", drawn, named)
	}
	// The order counts: the packs have it.
	slices.Sort(drawnOverlays)
	if !slices.Equal(drawnOverlays, namedOverlays) {
		t.Errorf("drawn are the overlays %q, named are %q", drawnOverlays, namedOverlays)
	}
}

func TestEveryIconHasItsOwnBytes(t *testing.T) {
	owner := make(map[string]trayIcon)
	for _, c := range everyTrayIcon() {
		data := string(Tray(c.icon, c.overlay, c.theme))
		if other, taken := owner[data]; taken {
			t.Errorf("Tray gives the same for %v and %v", c, other)
		}
		owner[data] = c
	}
	pictures := make(map[string]Icon)
	for _, i := range append(Icons(), App) {
		data := string(PNG(i))
		if other, taken := pictures[data]; taken {
			t.Errorf("PNG gives the same for %q and %q", i, other)
		}
		pictures[data] = i
	}
}

func TestPictureIsAPNGOf64Pixels(t *testing.T) {
	for _, i := range append(Icons(), App) {
		config, err := png.DecodeConfig(bytes.NewReader(PNG(i)))
		if err != nil {
			t.Errorf("PNG(%q): %v", i, err)
		} else if config.Width != 64 || config.Height != 64 {
			t.Errorf("PNG(%q) is %d by %d", i, config.Width, config.Height)
		}
	}
}

func TestANameWithoutAnIcon(t *testing.T) {
	if Tray(App, NoOverlay, Light) != nil || PNG("no such icon") != nil {
		t.Error("an icon that nothing shows is in the program")
	}
}

// TestIconsTakeLittleRoom keeps an eye on the program, which holds them.
func TestIconsTakeLittleRoom(t *testing.T) {
	for name, kind := range map[string]struct {
		files fs.FS
		limit int64
	}{
		"tray icons": {trayFiles, trayLimit},
		"pictures":   {pictureFiles, 30_000},
	} {
		var sum int64
		err := fs.WalkDir(kind.files, ".", func(_ string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			info, err := d.Info()
			if err == nil {
				sum += info.Size()
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if t.Logf("%s: %d bytes", name, sum); sum == 0 || sum > kind.limit {
			t.Errorf("the %s have %d bytes, want 1 to %d", name, sum, kind.limit)
		}
	}
}
