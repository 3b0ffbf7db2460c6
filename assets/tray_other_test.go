//go:build !windows

package assets

import (
	"bytes"
	"image/png"
	"testing"
)

func TestTrayIsAPNGOf48Pixels(t *testing.T) {
	for _, c := range everyTrayIcon() {
		config, err := png.DecodeConfig(bytes.NewReader(Tray(c.icon, c.overlay, c.theme)))
		if err != nil {
			t.Errorf("Tray(%q, %v): %v", c.icon, c.overlay, err)
		} else if config.Width != 48 || config.Height != 48 {
			t.Errorf("Tray(%q, %v) is %d by %d", c.icon, c.overlay, config.Width, config.Height)
		}
	}
}

func TestOneIconForAllThemes(t *testing.T) {
	for _, other := range []Theme{Light, Dark} {
		if !bytes.Equal(Tray(InGame, Paused, other), Tray(InGame, Paused, Both)) {
			t.Errorf("another icon for the theme %v", other)
		}
	}
}

// ownThemes are the themes that have icons of their own here.
var ownThemes = []Theme{Both}

// trayLimit is how many bytes the tray icons may take in the program.
const trayLimit = 80_000
