package hotkey

import (
	"testing"

	"altv-tray/settings"
)

func TestEveryKeyHasItsCodes(t *testing.T) {
	virtual, keysyms, names := map[uint16]string{}, map[uint32]string{}, map[string]string{}
	for _, key := range settings.HotkeyKeys() {
		c := codesOf(key)
		if other := virtual[c.virtual] + keysyms[c.keysym] + names[c.name]; other != "" || c.virtual == 0 || c.keysym == 0 || c.name == "" {
			t.Errorf("%s: %+v, as %q", key, c, other)
		}
		virtual[c.virtual], keysyms[c.keysym], names[c.name] = key, key, key
	}
	for key, want := range map[string]codes{
		"A": {0x41, 0x61, "a"}, "Z": {0x5a, 0x7a, "z"}, "0": {0x30, 0x30, "0"}, "9": {0x39, 0x39, "9"},
		"F1": {0x70, 0xffbe, "F1"}, "F9": {0x78, 0xffc6, "F9"}, "F24": {0x87, 0xffd5, "F24"},
	} {
		if got := codesOf(key); got != want {
			t.Errorf("%s: %+v, want %+v", key, got, want)
		}
	}
}

func TestMasked(t *testing.T) {
	for mods, want := range map[settings.Mods]uint16{
		settings.Ctrl: 1, settings.Alt: 2, settings.Shift: 4, settings.Ctrl | settings.Shift: 5, settings.Ctrl | settings.Alt | settings.Shift: 7,
	} {
		if got := masked[uint16](mods, 1, 2, 4); got != want {
			t.Errorf("%d: %d, want %d", mods, got, want)
		}
	}
}
