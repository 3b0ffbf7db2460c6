package autostart

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// file makes a file that could be a program, and returns its path.
func file(t *testing.T, path ...string) string {
	t.Helper()
	exe := filepath.Join(append([]string{t.TempDir()}, path...)...)
	if err := os.MkdirAll(filepath.Dir(exe), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(exe, nil, 0o700); err != nil {
		t.Fatal(err)
	}
	return exe
}

func TestProgramGone(t *testing.T) {
	exe := file(t, "altv-tray.exe") + ".old"
	if err := enableProgram(exe); err == nil || !strings.Contains(err.Error(), "program_gone") || !strings.Contains(err.Error(), exe) {
		t.Error(err)
	}
}

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
