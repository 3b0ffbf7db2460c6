package assets

import (
	"bytes"
	"image"
	"slices"
	"testing"

	"github.com/sergeymakinen/go-ico"
)

func TestTrayIsAnICOWithAllSizes(t *testing.T) {
	want := []int{16, 20, 24, 32, 40, 48, 64}
	for _, c := range everyTrayIcon() {
		pictures, err := ico.DecodeAll(bytes.NewReader(Tray(c.icon, c.overlay, c.theme)))
		if err != nil {
			t.Errorf("Tray(%q, %v, %v): %v", c.icon, c.overlay, c.theme, err)
			continue
		}
		var got []int
		for _, p := range pictures {
			got = append(got, p.Bounds().Dx())
		}
		if !slices.Equal(got, want) {
			t.Errorf("Tray(%q, %v, %v) has the sizes %v, want %v", c.icon, c.overlay, c.theme, got, want)
		}
	}
}

// An overlay leaves the left and the top quarter of an icon as they are, also in the pack. The
// tallest one, failed, begins at 20 of 64 pixels.
func TestOverlaysLieAtTheBottomRight(t *testing.T) {
	for _, c := range everyTrayIcon() {
		if c.overlay == NoOverlay {
			continue
		}
		plain, err := ico.DecodeAll(bytes.NewReader(Tray(c.icon, NoOverlay, c.theme)))
		if err != nil {
			t.Fatal(err)
		}
		marked, err := ico.DecodeAll(bytes.NewReader(Tray(c.icon, c.overlay, c.theme)))
		if err != nil {
			t.Fatal(err)
		}
		for n := range plain {
			changed := changedPart(plain[n], marked[n])
			quarter := plain[n].Bounds().Max.Div(4)
			if changed.Empty() || changed.Min.X < quarter.X || changed.Min.Y < quarter.Y {
				t.Errorf("Tray(%q, %v, %v) of %d pixels differs from the one without an overlay in %v", c.icon, c.overlay, c.theme, plain[n].Bounds().Dx(), changed)
			}
		}
	}
}

// changedPart is the rectangle in which two pictures differ.
func changedPart(a, b image.Image) image.Rectangle {
	var all image.Rectangle
	for y := range a.Bounds().Dy() {
		for x := range a.Bounds().Dx() {
			if a.At(x, y) != b.At(x, y) {
				all = all.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return all
}

func TestBothIsTakenForDark(t *testing.T) {
	if !bytes.Equal(Tray(InGame, Paused, Both), Tray(InGame, Paused, Dark)) {
		t.Error("they differ")
	}
}

// ownThemes are the themes that have icons of their own here.
var ownThemes = []Theme{Light, Dark}

// trayLimit is how many bytes the tray icons may take in the program.
const trayLimit = 350_000

func BenchmarkTray(b *testing.B) {
	for b.Loop() {
		Tray(InGame, Paused, Light)
	}
}
