package autostart

import "testing"

func TestWithWindow(t *testing.T) {
	for exe, want := range map[string]string{
		`C:\a.com\altv-tray.exe`: `C:\a.com\altv-tray.exe`,
		`C:\a.com\altv-tray.com`: `C:\a.com\altv-tray.exe`,
		`C:\a.com\ALTV-TRAY.COM`: `C:\a.com\ALTV-TRAY.exe`,
		`C:\acom\altv-tray`:      `C:\acom\altv-tray`,
	} {
		if got := withWindow(exe); got != want {
			t.Errorf("%s: %s, want %s", exe, got, want)
		}
	}
}
