package main

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestNames(t *testing.T) {
	for home, want := range map[string]string{
		"https://github.com/Some-One/altv-tray": "io.github.some_one.altv_tray",
		"https://altv-tray.example.org":         "org.example.altv_tray",
		"https://example.org/tools/":            "org.example.tools.altv_tray",
	} {
		if got := (&release{Home: home}).ComponentID(); got != want {
			t.Errorf("the component of %s is %s, want %s", home, got, want)
		}
	}
	r := &release{Version: "1.2.0-rc.1"}
	if r.Numbers() != "1.2.0.0" || r.DebianVersion() != "1.2.0~rc.1" || r.Stable() != "1.2.0" {
		t.Errorf("%s, %s, %s", r.Numbers(), r.DebianVersion(), r.Stable())
	}
}

func TestWrongVersion(t *testing.T) {
	for _, version := range []string{"", "v1.0.0", "1.0", "1.0.0+x", "1.0.0 -X main.x=1"} {
		out := filepath.Join(t.TempDir(), "dist")
		if err := (&release{Version: version}).make(t.Context(), out); err == nil || !strings.Contains(err.Error(), "-version") {
			t.Errorf("%q: %v", version, err)
		}
	}
}

// The license is read for Debian's copyright file, which wants no empty lines.
func TestCopyright(t *testing.T) {
	r := &release{root: filepath.Join("..", "..", "..")}
	who, err := r.Copyright()
	if err != nil || !strings.Contains(who, "altv-tray authors") {
		t.Errorf("%q, %v", who, err)
	}
	text, err := r.LicenseParagraphs()
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.SplitSeq(text, "\n") {
		if !strings.HasPrefix(line, " ") || strings.TrimSpace(line) == "" {
			t.Errorf("%q is no line of a field", line)
		}
	}
}
