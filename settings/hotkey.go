package settings

import (
	"slices"
	"strings"

	"altv-tray/monitor/problem"
)

// Combination is a key with its modifiers. It is comparable. The zero value means no key.
// combination has the rules for those in the settings file.
type Combination struct {
	Mods Mods
	Key  string // one of HotkeyKeys, or empty
}

// Mods is a set of modifiers.
type Mods uint8

// The modifiers.
const (
	Ctrl Mods = 1 << iota
	Alt
	Shift
)

// modNames are the names of the bits of Mods, the lowest first.
var modNames = []string{"Ctrl", "Alt", "Shift"}

// String returns the combination as in the settings file, "Ctrl+Shift+F9", or "" for no key.
func (c Combination) String() string {
	var parts []string
	for i, name := range modNames {
		if c.Mods&(1<<i) != 0 {
			parts = append(parts, name)
		}
	}
	return strings.Join(append(parts, c.Key), "+")
}

// HotkeyKeys returns the keys that a Combination can have. Keyboards of every language have
// them. F12 is reserved: see combination.
func HotkeyKeys() []string {
	return strings.Fields("Insert Delete Home End PageUp PageDown Up Down Left Right " +
		"A B C D E F G H I J K L M N O P Q R S T U V W X Y Z 0 1 2 3 4 5 6 7 8 9 " +
		"F1 F2 F3 F4 F5 F6 F7 F8 F9 F10 F11 F13 F14 F15 F16 F17 F18 F19 F20 F21 F22 F23 F24")
}

// combination parses a text such as "Ctrl+Shift+F9", in upper or lower case. It refuses
// combinations that would disturb typing, and those that Windows reserves: the Windows key, and
// F12, which RegisterHotKey leaves to debuggers. Ctrl+Alt is AltGr, which on many keyboards
// types characters together with letters and digits.
func combination(value any) (c Combination, found *problem.Problem) {
	s, ok := value.(string)
	if ok && s == "" {
		return c, nil
	}
	refuse := func(code problem.Code) (Combination, *problem.Problem) {
		return Combination{}, problem.New(code, valueArg(value))
	}
	keys := HotkeyKeys()
	for part := range strings.SplitSeq(s, "+") {
		part = strings.TrimSpace(part)
		isPart := func(name string) bool { return strings.EqualFold(name, part) }
		switch key := slices.IndexFunc(keys, isPart); {
		case isPart("Ctrl"), isPart("Control"):
			c.Mods |= Ctrl
		case isPart("Alt"):
			c.Mods |= Alt
		case isPart("Shift"):
			c.Mods |= Shift
		case isPart("Win"), isPart("Windows"), isPart("Super"), isPart("Meta"):
			return refuse(problem.HotkeyWindows)
		case isPart("F12"):
			return refuse(problem.HotkeyF12)
		case key < 0 || c.Key != "":
			return refuse(problem.NotHotkey)
		default:
			c.Key = keys[key]
		}
	}
	switch {
	case c.Key == "":
		return refuse(problem.NotHotkey)
	case c.Mods == 0:
		return refuse(problem.HotkeyBare)
	case c.Mods == Shift:
		return refuse(problem.HotkeyShift)
	case c.Mods&(Ctrl|Alt) == Ctrl|Alt && len(c.Key) == 1:
		return refuse(problem.HotkeyAltGr)
	}
	return c, nil
}
