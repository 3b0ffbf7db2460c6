package autostart

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// ownConfig makes this test's user one of its own, and gives where the entry of
// that user lies.
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
	file := ownConfig(t)
	wantEnabled(t, false)
	if err := Disable(); err != nil {
		t.Errorf("there was nothing to disable: %v", err)
	}
	own, err := Program()
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := Enable(own, "--settings", "/a b"); err != nil {
			t.Fatal(err)
		}
		wantEnabled(t, true)
	}
	text, err := os.ReadFile(file)
	if err != nil || !strings.HasPrefix(string(text), "[Desktop Entry]\nType=Application\n") || !strings.Contains(string(text), ` --settings "/a b"`+"\n") {
		t.Errorf("%s, %v", text, err)
	}
	for range 2 {
		if err := Disable(); err != nil {
			t.Fatal(err)
		}
		wantEnabled(t, false)
	}
	if left, err := os.ReadDir(filepath.Dir(file)); err != nil || len(left) > 0 {
		t.Errorf("left over: %v, %v", left, err)
	}
}

// TestLinuxEntries: the user's own hand, the desktop's settings and older
// installs.
func TestLinuxEntries(t *testing.T) {
	file := ownConfig(t)
	own, err := Program()
	if err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(t.TempDir(), "altv-tray")
	if err := os.Symlink(own, link); err != nil {
		t.Fatal(err)
	}
	const head = "[Desktop Entry]\nType=Application\n"
	for name, test := range map[string]struct {
		text string
		want bool
	}{
		"usual":             {head + "Exec=" + own + "\n", true},
		"by a link":         {head + "Exec=\"" + link + "\"\n", true},
		"with field codes":  {head + "Exec=" + own + " %U\nHidden=false\nX-GNOME-Autostart-enabled=true\n", true},
		"hidden":            {head + "Exec=" + own + "\nHidden=true\n", false},
		"off in GNOME":      {head + "Exec=" + own + "\nX-GNOME-Autostart-enabled=false\n", false},
		"another program":   {head + "Exec=/opt/old/altv-tray\n", false},
		"another directory": {head + "Exec=" + program(t, "altv-tray") + "\n", false},
		"no command":        {head + "Hidden=false\n", false},
		"no type":           {"[Desktop Entry]\nExec=" + own + "\n", false},
		"broken":            {head + "Exec=\"" + own + "\n", false},
		"empty":             {"", false},
	} {
		t.Run(name, func(t *testing.T) {
			place(t, file, test.text)
			wantEnabled(t, test.want)
			if err := Enable(own); err != nil {
				t.Fatal(err)
			}
			wantEnabled(t, true)
		})
	}
}

// TestLinuxMasked: an entry that leads to /dev/null is replaced, not written
// through.
func TestLinuxMasked(t *testing.T) {
	file := ownConfig(t)
	place(t, file+".x", "")
	if err := os.Symlink("/dev/null", file); err != nil {
		t.Fatal(err)
	}
	own, err := Program()
	if err != nil {
		t.Fatal(err)
	}
	wantEnabled(t, false)
	if err := Enable(own); err != nil {
		t.Fatal(err)
	}
	wantEnabled(t, true)
}

func TestLinuxErrors(t *testing.T) {
	file := ownConfig(t)
	for path, want := range map[string]string{
		"altv-tray":                "not an absolute path",
		program(t, "a=b", "tray"):  "path_signs",
		program(t, "\xff", "tray"): "path_not_text",
	} {
		if err := Enable(path); err == nil || !strings.HasPrefix(err.Error(), "having altv-tray start at login: ") || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", path, err)
		}
	}
	if err := os.MkdirAll(filepath.Join(file, "x"), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := Enabled(); err == nil {
		t.Error("a folder was read")
	}
	if err := Enable(program(t, "tray")); err == nil {
		t.Error("a folder was replaced")
	}
	if err := Disable(); err == nil {
		t.Error("a folder was removed")
	}
	if left, err := os.ReadDir(filepath.Dir(file)); err != nil || len(left) != 1 {
		t.Errorf("left over: %v, %v", left, err)
	}
}

func TestEntryFile(t *testing.T) {
	for _, test := range []struct{ home, config, want string }{
		{"/home/a", "", "/home/a/.config/autostart/altv-tray.desktop"},
		{"/home/a", "/c", "/c/autostart/altv-tray.desktop"},
		{"/home/a", "c", "/home/a/.config/autostart/altv-tray.desktop"},
		{"", "", ""},
		{"a", "", ""},
	} {
		t.Setenv("HOME", test.home)
		t.Setenv("XDG_CONFIG_HOME", test.config)
		if got, err := entryFile(); got != test.want || (err == nil) != (test.want != "") {
			t.Errorf("%+v: %s, %v", test, got, err)
		}
	}
}
