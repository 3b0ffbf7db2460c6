//go:build !windows

package assets

import (
	"bytes"
	"image/png"
	"testing"
)

func TestTrayIsAPNGOf48Pixels(t *testing.T) {
	for _, i := range Icons() {
		config, err := png.DecodeConfig(bytes.NewReader(Tray(i)))
		if err != nil {
			t.Errorf("Tray(%q): %v", i, err)
		} else if config.Width != 48 || config.Height != 48 {
			t.Errorf("Tray(%q) is %d by %d", i, config.Width, config.Height)
		}
	}
	if Ext() != ".png" {
		t.Errorf("Ext() = %q", Ext())
	}
}
