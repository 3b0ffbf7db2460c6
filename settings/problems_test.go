package settings

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"altv-tray/monitor/problem"
)

// brokenTexts are files by what is wrong with them.
var brokenTexts = map[problem.Code]string{
	problem.FileTooLarge:  strings.Repeat("#", maxFileSize+1),
	problem.UTF16:         "\xff\xfes\x00",
	problem.Twice:         "[client]\n[client]",
	problem.NotTOML:       "schema = 01",
	problem.UnknownKey:    "nope = 1",
	problem.NotTable:      "client = 1",
	problem.NotEntries:    "profiles = 1",
	problem.NotBool:       "client.allow_remote = 1",
	problem.NotText:       "profile = 1",
	problem.NotInRange:    "auto_reconnect.attempts = 0",
	problem.NotOneOf:      "language = 'fr'",
	problem.NotTime:       "auto_reconnect.delay = 1",
	problem.NotAddress:    "client.address = ''",
	problem.NotSource:     "[[profiles]]\nname = 'default'\npassword = 'x'",
	problem.Control:       "[[profiles]]\nname = \"a\\nb\"",
	problem.NotHotkey:     "hotkey.reconnect = 'Ctrl+Ä'",
	problem.HotkeyBare:    "hotkey.reconnect = 'F9'",
	problem.HotkeyShift:   "hotkey.reconnect = 'Shift+F9'",
	problem.HotkeyWindows: "hotkey.reconnect = 'Win+R'",
	problem.HotkeyF12:     "hotkey.reconnect = 'Ctrl+F12'",
	problem.HotkeyAltGr:   "hotkey.reconnect = 'Ctrl+Alt+E'",
	problem.PathEscape:    `client.folder = "C:\new"`,
	problem.NameMissing:   "[[profiles]]",
	problem.NameEmpty:     "[[profiles]]\nname = ''",
	problem.NameLong:      "[[profiles]]\nname = '" + strings.Repeat("x", maxProfileName+1) + "'",
	problem.NameTaken:     "[[profiles]]\nname = 'default'\n[[profiles]]\nname = 'default'",
	problem.NotLocal:      "client.address = '192.0.2.7:9223'",
	problem.NoProfile:     "profile = 'x'",
	problem.NewerSchema:   "schema = 99",
}

// brokenFiles are what is wrong with more than the text, by how it comes to be.
// They get the path of a file in a folder that is empty.
var brokenFiles = map[problem.Code]func(t *testing.T, file string) error{
	problem.NotRead: func(t *testing.T, file string) error {
		put(t, file, "")
		if err := os.Chmod(file, 0); err != nil {
			t.Fatal(err)
		}
		if f, err := os.Open(file); err == nil {
			f.Close()
			if runtime.GOOS == "windows" {
				t.Skip("everything may be read here")
			}
			return readFile(filepath.Join(file, "below")).err // root may read everything
		}
		return readFile(file).err
	},
	problem.NotWritten: func(t *testing.T, file string) error {
		put(t, file, "")
		return writeFile(filepath.Join(file, "below"), nil)
	},
	problem.ReadOnly: func(t *testing.T, file string) error {
		put(t, file, "")
		if err := os.Chmod(file, 0o400); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = os.Chmod(file, 0o600) }) // else Windows cannot remove it
		return writeFile(file, nil)
	},
	problem.IsFolder: func(t *testing.T, file string) error {
		return readFile(filepath.Dir(file)).err
	},
	problem.NotRegular: func(t *testing.T, _ string) error {
		if info, err := os.Stat(os.DevNull); err != nil || info.Mode().IsRegular() {
			t.Skip("no file of another kind here")
		}
		return readFile(os.DevNull).err
	},
	problem.NoOverride: func(t *testing.T, file string) error {
		_, err := Open(file, "nope")
		return err
	},
	problem.NoPlace: func(t *testing.T, file string) error {
		_, err := edit([]byte("client = {}"), file, "client.folder", "x")
		return err
	},
}

// TestEveryProblem: each is found, by its code, with its place.
func TestEveryProblem(t *testing.T) {
	check := func(t *testing.T, want problem.Code, err error) {
		t.Helper()
		var found *problem.Problem
		if !errors.As(err, &found) || found.Code != want || found.File == "" {
			t.Errorf("got %#v, want %s", err, want)
		}
	}
	for code, text := range brokenTexts {
		t.Run(string(code), func(t *testing.T) {
			_, err := Parse([]byte(text), "f")
			check(t, code, err)
		})
	}
	for code, make := range brokenFiles {
		t.Run(string(code), func(t *testing.T) {
			check(t, code, make(t, filepath.Join(t.TempDir(), "settings.toml")))
		})
	}
}

// TestValuesHaveTheirWord: what a value is can be said in every language.
func TestValuesHaveTheirWord(t *testing.T) {
	for text, want := range map[string]problem.Arg{
		"{}":         {Name: "value", Word: problem.ATable},
		"[]":         {Name: "value", Word: problem.AnArray},
		"1979-05-27": {Name: "value", Word: problem.ADate},
		"12:00:00":   {Name: "value", Word: problem.ADate},
		"1":          {Name: "value", Text: "1"},
		"'a table'":  {Name: "value", Text: `"a table"`},
	} {
		_, err := Parse([]byte("notifications.ready = "+text), "f")
		var found *problem.Problem
		if !errors.As(err, &found) || found.Args[0] != want {
			t.Errorf("%s: %+v, want %v", text, err, want)
		}
	}
}
