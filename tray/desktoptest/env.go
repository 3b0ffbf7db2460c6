//go:build linux

package desktoptest

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Env is a user's home for one test: folders, and an environment that makes a program
// use them and nothing else.
type Env struct {
	Home    string // HOME; all the others but Runtime lie in it
	Runtime string // XDG_RUNTIME_DIR, mode 0700
	Config  string // XDG_CONFIG_HOME
	State   string // XDG_STATE_HOME
	Cache   string // XDG_CACHE_HOME
	Data    string // XDG_DATA_HOME

	vars []string
}

// NewEnv makes the folders, removed with the test. The bus may be nil: then the
// environment names none.
func NewEnv(t testing.TB, bus *Bus) *Env {
	t.Helper()
	home, runtime := shortDir(t), shortDir(t)
	e := &Env{
		Home:    home,
		Runtime: runtime,
		Config:  filepath.Join(home, ".config"),
		State:   filepath.Join(home, ".local", "state"),
		Cache:   filepath.Join(home, ".cache"),
		Data:    filepath.Join(home, ".local", "share"),
	}
	for _, folder := range []string{e.Config, e.State, e.Cache, e.Data} {
		if err := os.MkdirAll(folder, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	e.vars = []string{
		"PATH=" + os.Getenv("PATH"),
		"LANG=C.UTF-8",
		"HOME=" + e.Home,
		"XDG_RUNTIME_DIR=" + e.Runtime,
		"XDG_CONFIG_HOME=" + e.Config,
		"XDG_STATE_HOME=" + e.State,
		"XDG_CACHE_HOME=" + e.Cache,
		"XDG_DATA_HOME=" + e.Data,
		"TMPDIR=" + filepath.Join(e.Runtime, "tmp"),
	}
	if err := os.Mkdir(filepath.Join(e.Runtime, "tmp"), 0o700); err != nil {
		t.Fatal(err)
	}
	if bus != nil {
		e.Set("DBUS_SESSION_BUS_ADDRESS", bus.Address)
	}
	return e
}

// Set sets a variable for every program started from now on.
func (e *Env) Set(name, value string) {
	e.vars = slices.DeleteFunc(e.vars, func(v string) bool { return strings.HasPrefix(v, name+"=") })
	e.vars = append(e.vars, name+"="+value)
}

// Vars returns the whole environment as a child process takes it. Nothing of the
// test's own environment but PATH is in it.
func (e *Env) Vars() []string { return slices.Clone(e.vars) }

// StateFile returns the path of a file in the program's state folder.
func (e *Env) StateFile(name string) string { return filepath.Join(e.State, "altv-tray", name) }

// WriteSettings writes the program's settings file.
func (e *Env) WriteSettings(t testing.TB, text string) {
	t.Helper()
	writeFile(t, filepath.Join(e.Config, "altv-tray", "settings.toml"), text)
}

// FilesWith returns the regular files under the test's folders whose bytes hold
// the text. The keyring's own store is left out.
func (e *Env) FilesWith(t testing.TB, text string) []string {
	t.Helper()
	store := filepath.Join(e.Data, "keyrings")
	var found []string
	for _, root := range []string{e.Home, e.Runtime} {
		err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if path == store {
				return fs.SkipDir
			}
			if !entry.Type().IsRegular() {
				return nil
			}
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			if strings.Contains(string(data), text) {
				found = append(found, path)
			}
			return nil
		})
		if err != nil {
			t.Fatalf("look through %s: %v", root, err)
		}
	}
	return found
}

func writeFile(t testing.TB, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// shortDir is a temporary folder with a short path: a socket's may have 107
// bytes, which t.TempDir's, made from the test's name, can exceed.
func shortDir(t testing.TB) string {
	t.Helper()
	folder, err := os.MkdirTemp("", "desk")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	return folder
}
