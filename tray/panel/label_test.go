package panel

import (
	"strings"
	"testing"

	"altv-tray/monitor"
	"altv-tray/settings"
	"altv-tray/tray/lang"
	"altv-tray/tray/view"
)

func TestLabelOf(t *testing.T) {
	for _, c := range []struct {
		row            view.Row
		windows, linux string
	}{
		{view.Row{Label: "Reconnect now", Mnemonic: "R"}, "&Reconnect now", "Reconnect now"},
		{view.Row{Label: "Open settings", Mnemonic: "S"}, "Open &settings", "Open settings"},
		{view.Row{Label: "Начать", Mnemonic: "Ч"}, "На&чать", "Начать"},
		{view.Row{Label: "立即重连", Mnemonic: "R"}, "立即重连(&R)", "立即重连"},
		{view.Row{Label: "设置密码…", Mnemonic: "S"}, "设置密码(&S)…", "设置密码…"},
		{view.Row{Label: "a & b_c"}, "a && b_c", "a & b__c"},
		{view.Row{Label: "R&D rows", Mnemonic: "D"}, "R&&&D rows", "R&D rows"},
		{view.Row{}, "", ""},
	} {
		if got := labelOf(c.row, true); got != c.windows {
			t.Errorf("%q on Windows: %q, want %q", c.row.Label, got, c.windows)
		}
		if got := labelOf(c.row, false); got != c.linux {
			t.Errorf("%q on Linux: %q, want %q", c.row.Label, got, c.linux)
		}
	}
}

// In each language, Windows' menu marks the letter of each row and nothing else.
func TestEachRowMarksItsLetter(t *testing.T) {
	set := settings.Default()
	set.Profiles[0].Name = "R&D_1"
	set.Profile = "R&D_1"
	for _, tag := range lang.Tags {
		marked := 0
		for _, until := range []monitor.Time{0, monitor.Forever} {
			v, _ := view.Render(&view.Scene{Snap: monitor.Snapshot{PausedUntil: until}, Settings: &set, Text: lang.New(tag), System: "windows"}, 0)
			for _, r := range v.Rows {
				label := strings.ReplaceAll(labelOf(r, true), "&&", "")
				before, after, has := strings.Cut(label, "&")
				if has != (r.Mnemonic != "") || strings.Contains(after, "&") || !strings.HasPrefix(strings.ToUpper(after), r.Mnemonic) {
					t.Errorf("%s: %q for the letter %q", tag, label, r.Mnemonic)
				}
				if has && r.Mnemonic[0] >= 0x80 && strings.HasSuffix(before, "(") {
					t.Errorf("%s: %q does not have its letter", tag, label)
				}
				if has {
					marked++
				}
				if got, want := labelOf(view.Row{Label: r.Label}, false), strings.ReplaceAll(r.Label, "_", "__"); got != want {
					t.Errorf("%s: on Linux %q, want %q", tag, got, want)
				}
			}
		}
		if marked < 40 {
			t.Errorf("%s: only %d letters", tag, marked)
		}
	}
}
