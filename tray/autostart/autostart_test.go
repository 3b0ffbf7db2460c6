package autostart

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// program makes a file that could be started, and gives its path.
func program(t *testing.T, path ...string) string {
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

func TestCheck(t *testing.T) {
	exe := program(t, "altv-tray.exe")
	if err := check(exe); err != nil {
		t.Error(err)
	}
	for path, want := range map[string]string{
		"altv-tray":       "not an absolute path",
		"":                "not an absolute path",
		exe + ".old":      "program_gone",
		filepath.Dir(exe): "no_program",
	} {
		if err := check(path); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", path, err)
		}
	}
}

func TestProgram(t *testing.T) {
	exe, err := Program()
	if err != nil || check(exe) != nil {
		t.Errorf("%s, %v", exe, err)
	}
}
