package settings

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"altv-tray/monitor/problem"
)

// brokenFiles are what is wrong with a file but for its text, by how it comes to be.
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

// TestEveryFileProblem: each is found, by its code, with its place. Those of a file's text are
// in tray/errtext, with their sentences.
func TestEveryFileProblem(t *testing.T) {
	for code, make := range brokenFiles {
		t.Run(string(code), func(t *testing.T) {
			err := make(t, filepath.Join(t.TempDir(), "settings.toml"))
			var found *problem.Problem
			if !errors.As(err, &found) || found.Code != code || found.File == "" {
				t.Errorf("got %#v, want %s", err, code)
			}
		})
	}
}

func TestValuesAreShown(t *testing.T) {
	for text, want := range map[string]string{
		"{a = 'secret'}": "{…}", "['secret']": "[…]",
		"1979-05-27": "1979-05-27", "12:00:00": "12:00:00", "1979-05-27T07:32:00Z": "1979-05-27 07:32:00 +0000 UTC",
		"1": "1", "'a text'": `"a text"`,
	} {
		_, err := Parse([]byte("notifications.ready = "+text), "f")
		var found *problem.Problem
		if !errors.As(err, &found) || found.Args[0] != problem.Text("value", want) {
			t.Errorf("%s: %+v, want %s", text, err, want)
		}
	}
}
