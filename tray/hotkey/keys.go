package hotkey

import (
	"fmt"
	"strings"

	"altv-tray/settings"
)

// codes are the codes of a key in each system.
type codes struct {
	virtual uint16 // virtual-key code (winuser.h)
	keysym  uint32 // X11, lower-case for a letter (keysymdef.h)
	name    string // the keysym's name, for portals (freedesktop's shortcuts specification)
}

var named = map[string]codes{
	"Insert":   {0x2d, 0xff63, "Insert"},
	"Delete":   {0x2e, 0xffff, "Delete"},
	"Home":     {0x24, 0xff50, "Home"},
	"End":      {0x23, 0xff57, "End"},
	"PageUp":   {0x21, 0xff55, "Page_Up"},
	"PageDown": {0x22, 0xff56, "Page_Down"},
	"Left":     {0x25, 0xff51, "Left"},
	"Up":       {0x26, 0xff52, "Up"},
	"Right":    {0x27, 0xff53, "Right"},
	"Down":     {0x28, 0xff54, "Down"},
}

// codesOf returns the codes of a key in settings.HotkeyKeys.
func codesOf(key string) codes {
	if c, ok := named[key]; ok {
		return c
	}
	if len(key) == 1 { // the codes of letters and digits are ASCII
		small := strings.ToLower(key)
		return codes{uint16(key[0]), uint32(small[0]), small}
	}
	var n int
	_, _ = fmt.Sscanf(key, "F%d", &n)
	return codes{uint16(0x70 + n - 1), uint32(0xffbe + n - 1), key}
}

// masked combines a system's masks for the modifiers.
func masked[M ~uint16 | ~uint32](mods settings.Mods, ctrl, alt, shift M) (mask M) {
	for mod, m := range map[settings.Mods]M{settings.Ctrl: ctrl, settings.Alt: alt, settings.Shift: shift} {
		if mods&mod != 0 {
			mask |= m
		}
	}
	return mask
}
