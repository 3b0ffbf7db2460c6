package assets

import (
	"bytes"
	"image/png"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestEveryDrawingHasAName(t *testing.T) {
	paths, err := filepath.Glob("icons/*.svg")
	if err != nil {
		t.Fatal(err)
	}
	var drawn []Icon
	for _, p := range paths {
		drawn = append(drawn, Icon(strings.TrimSuffix(filepath.Base(p), ".svg")))
	}
	named := append(Icons(), App)
	slices.Sort(drawn)
	slices.Sort(named)
	if !slices.Equal(drawn, named) {
		t.Errorf("drawn are %q, named are %q", drawn, named)
	}
}

func TestEveryIconHasItsOwnBytes(t *testing.T) {
	for _, kind := range []struct {
		name  string
		of    func(Icon) []byte
		icons []Icon
	}{
		{"Tray", Tray, Icons()},
		{"Picture", Picture, append(Icons(), App)},
	} {
		owner := make(map[string]Icon)
		for _, i := range kind.icons {
			data := string(kind.of(i))
			if other, taken := owner[data]; taken {
				t.Errorf("%s(%q) gives the same as for %q", kind.name, i, other)
			}
			owner[data] = i
		}
	}
}

func TestPictureIsAPNGOf64Pixels(t *testing.T) {
	for _, i := range append(Icons(), App) {
		config, err := png.DecodeConfig(bytes.NewReader(Picture(i)))
		if err != nil {
			t.Errorf("Picture(%q): %v", i, err)
		} else if config.Width != 64 || config.Height != 64 {
			t.Errorf("Picture(%q) is %d by %d", i, config.Width, config.Height)
		}
	}
}

func TestANameWithoutAnIconGetsUnknown(t *testing.T) {
	for _, i := range []Icon{"", "no such icon", "../app"} {
		if !bytes.Equal(Tray(i), Tray(Unknown)) {
			t.Errorf("Tray(%q) is not Unknown's", i)
		}
		if !bytes.Equal(Picture(i), Picture(Unknown)) {
			t.Errorf("Picture(%q) is not Unknown's", i)
		}
	}
	if !bytes.Equal(Tray(App), Tray(Unknown)) {
		t.Error("Tray(App) is not Unknown's: an icon that no tray shows is in the program")
	}
}

func TestTheCallerMayChangeTheBytes(t *testing.T) {
	before := Tray(InGame)
	clear(Tray(InGame))
	if !bytes.Equal(before, Tray(InGame)) {
		t.Error("a change to Tray's bytes is seen by the next caller")
	}
}
