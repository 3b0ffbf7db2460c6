package settings

import (
	"testing"

	"altv-tray/monitor/problem"
)

func TestCombination(t *testing.T) {
	for text, want := range map[string]Combination{
		"":                      {},
		"Ctrl+Shift+F9":         {Ctrl | Shift, "F9"},
		"ctrl+shift+f9":         {Ctrl | Shift, "F9"},
		" Control + SHIFT + f9": {Ctrl | Shift, "F9"},
		"F9+Shift+Ctrl":         {Ctrl | Shift, "F9"},
		"Ctrl+r":                {Ctrl, "R"},
		"Ctrl+Alt+F1":           {Ctrl | Alt, "F1"},
		"Ctrl+Alt+Shift+F24":    {Ctrl | Alt | Shift, "F24"},
		"Ctrl+Alt+pageup":       {Ctrl | Alt, "PageUp"},
	} {
		if got, found := combination(text); got != want || found != nil {
			t.Errorf("%q: %+v, %v; want %+v", text, got, found, want)
		}
	}
	for text, want := range map[string]problem.Code{
		"F9":             problem.HotkeyBare,
		"Shift+F9":       problem.HotkeyShift,
		"Win+F9":         problem.HotkeyWindows,
		"Meta+Shift+1":   problem.HotkeyWindows,
		"Ctrl+Shift+F12": problem.HotkeyF12,
		"Ctrl+Alt+R":     problem.HotkeyAltGr,
		"Alt+Ctrl+5":     problem.HotkeyAltGr,
		"Ctrl":           problem.NotHotkey,
		"Ctrl+R+T":       problem.NotHotkey,
		"Ctrl+F25":       problem.NotHotkey,
		"Ctrl+Ä":         problem.NotHotkey,
		"Ctrl++":         problem.NotHotkey,
		"+":              problem.NotHotkey,
		"Ctrl-Shift-F9":  problem.NotHotkey,
	} {
		if got, found := combination(text); got != (Combination{}) || found == nil || found.Code != want {
			t.Errorf("%q: %+v, %v; want %s", text, got, found, want)
		}
	}
	for _, other := range []any{int64(9), true, []any{}, map[string]any{}} {
		if _, found := combination(other); found == nil || found.Code != problem.NotHotkey {
			t.Errorf("%v: %v", other, found)
		}
	}
}

// Every combination survives being written to the file and read again.
func TestCombinationsComeBack(t *testing.T) {
	for _, key := range HotkeyKeys() {
		for mods := Ctrl; mods <= Ctrl|Alt|Shift; mods++ {
			c := Combination{mods, key}
			if refused := mods == Shift || mods&(Ctrl|Alt) == Ctrl|Alt && len(key) == 1; refused {
				continue
			}
			edited, err := edit(defaultFile, "f", "hotkey.reconnect", c.String())
			if err != nil {
				t.Fatal(err)
			}
			s, err := Parse(edited, "f")
			if err != nil || s.Hotkey.Reconnect != c || Values(s)["hotkey.reconnect"] != c.String() {
				t.Errorf("%v: %+v, %v", c, s.Hotkey, err)
			}
		}
	}
	if text := (Combination{}).String(); text != "" {
		t.Errorf("none is %q", text)
	}
}
