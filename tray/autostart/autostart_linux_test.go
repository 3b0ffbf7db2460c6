package autostart

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// ownConfig returns this test a config folder of its own, and returns the path of
// the entry in it.
func ownConfig(t *testing.T) string {
	t.Helper()
	config := filepath.Join(t.TempDir(), "config")
	t.Setenv("XDG_CONFIG_HOME", config)
	return filepath.Join(config, "autostart", "altv-tray.desktop")
}

func wantEnabled(t *testing.T, want bool) {
	t.Helper()
	if got, err := Enabled(); got != want || err != nil {
		t.Errorf("enabled: %v, %v; want %v", got, err, want)
	}
}

func place(t *testing.T, file, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestLinux(t *testing.T) {
	entry := ownConfig(t)
	wantEnabled(t, false)
	if err := Set(false); err != nil {
		t.Errorf("there was nothing to disable: %v", err)
	}
	for range 2 {
		if err := Set(true); err != nil {
			t.Fatal(err)
		}
		wantEnabled(t, true)
	}
	text, err := os.ReadFile(entry)
	if err != nil || !strings.HasPrefix(string(text), "[Desktop Entry]\nType=Application\n") {
		t.Errorf("%s, %v", text, err)
	}
	for range 2 {
		if err := Set(false); err != nil {
			t.Fatal(err)
		}
		wantEnabled(t, false)
	}
	if left, err := os.ReadDir(filepath.Dir(entry)); err != nil || len(left) > 0 {
		t.Errorf("left over: %v, %v", left, err)
	}
}

// TestLinuxEntries: edits by hand, the desktop's settings, and an older install.
func TestLinuxEntries(t *testing.T) {
	entry := ownConfig(t)
	own, err := Executable()
	if err != nil {
		t.Fatal(err)
	}
	const head = "[Desktop Entry]\nType=Application\n"
	for name, test := range map[string]struct {
		text string
		want bool
	}{
		"usual":           {head + "Exec=" + own + "\n", true},
		"with arguments":  {head + "Exec=" + own + " --profile live\nHidden=false\nX-GNOME-Autostart-enabled=true\n", true},
		"hidden":          {head + "Exec=" + own + "\nHidden=true\n", false},
		"off in GNOME":    {head + "Exec=" + own + "\nX-GNOME-Autostart-enabled=false\n", false},
		"another program": {head + "Exec=/opt/old/altv-tray\n", false},
		"longer name":     {head + "Exec=" + own + "2\n", false},
		"empty":           {"", false},
	} {
		t.Run(name, func(t *testing.T) {
			place(t, entry, test.text)
			wantEnabled(t, test.want)
			if err := Set(true); err != nil {
				t.Fatal(err)
			}
			wantEnabled(t, true)
		})
	}
}

// TestLinuxMasked: an entry that is a link to /dev/null is replaced, not written
// through.
func TestLinuxMasked(t *testing.T) {
	entry := ownConfig(t)
	place(t, entry+".x", "")
	if err := os.Symlink("/dev/null", entry); err != nil {
		t.Fatal(err)
	}
	wantEnabled(t, false)
	if err := Set(true); err != nil {
		t.Fatal(err)
	}
	wantEnabled(t, true)
}

func TestLinuxErrors(t *testing.T) {
	entry := ownConfig(t)
	if err := os.MkdirAll(filepath.Join(entry, "x"), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := Enabled(); err == nil {
		t.Error("a folder was read")
	}
	if err := Set(true); err == nil || !strings.HasPrefix(err.Error(), "switching the start at login: ") {
		t.Errorf("a folder was replaced: %v", err)
	}
	if err := Set(false); err == nil {
		t.Error("a folder was removed")
	}
	if left, err := os.ReadDir(filepath.Dir(entry)); err != nil || len(left) != 1 {
		t.Errorf("left over: %v, %v", left, err)
	}
}

func TestExecLine(t *testing.T) {
	for exe, want := range map[string]string{
		"/usr/bin/altv-tray":            `Exec=/usr/bin/altv-tray`,
		"/opt/alt v/tray":               `Exec="/opt/alt v/tray"`,
		`/opt/a"b/tray`:                 `Exec="/opt/a\\"b/tray"`,
		`/opt/a'b/tray`:                 `Exec="/opt/a'b/tray"`,
		`/opt/a\b/tray`:                 `Exec="/opt/a\\\\b/tray"`,  // four: an example of the specification
		`/opt/$HOME/tray`:               `Exec="/opt/\\$HOME/tray"`, // the same
		"/opt/a`b/tray":                 "Exec=\"/opt/a\\\\`b/tray\"",
		"/opt/~(a);b&c|d<e>f*g?h#/tray": `Exec="/opt/~(a);b&c|d<e>f*g?h#/tray"`,
		"/opt/a\tb\nc\rd":               `Exec="/opt/a\tb\nc\rd"`,
		"/opt/größe/游戏":                 `Exec=/opt/größe/游戏`,
	} {
		if got := execLine(exe); got != want {
			t.Errorf("%q: %s, want %s", exe, got, want)
		}
	}
}
