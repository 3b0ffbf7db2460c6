package settings

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"altv-tray/monitor/problem"
)

const twoProfiles = "# mine\nlanguage = \"de\"\n[[profiles]]\nname = \"default\"\n[[profiles]]\nname = \"live\"\n"

// fileWith makes a settings file in a folder of its own.
func fileWith(t *testing.T, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "settings.toml")
	put(t, file, text)
	return file
}

func put(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func content(t *testing.T, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func mustOpen(t *testing.T, file, profile string) *Store {
	t.Helper()
	s, err := Open(file, profile)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestOpenMissing(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "altv-tray")
	s := mustOpen(t, filepath.Join(folder, "settings.toml"), "")
	if diff := cmp.Diff(Default(), s.Current()); diff != "" || s.Problem() != nil {
		t.Errorf("%v\n%s", s.Problem(), diff)
	}
	if _, err := os.Stat(folder); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("opening made something: %v", err)
	}
}

func TestOpenUnusable(t *testing.T) {
	for name, make := range map[string]func(t *testing.T) string{
		"broken": func(t *testing.T) string { return fileWith(t, "language = \"fr\"") },
		"a folder": func(t *testing.T) string {
			return t.TempDir()
		},
		"too large": func(t *testing.T) string { return fileWith(t, strings.Repeat("#", 10<<20)) },
		"below a file": func(t *testing.T) string {
			if runtime.GOOS == "windows" {
				t.Skip("Windows takes it for missing")
			}
			return filepath.Join(fileWith(t, ""), "settings.toml")
		},
	} {
		t.Run(name, func(t *testing.T) {
			file := make(t)
			s := mustOpen(t, file, "")
			var located *problem.Problem
			if diff := cmp.Diff(Default(), s.Current()); diff != "" || !errors.As(s.Problem(), &located) || located.File != file {
				t.Errorf("problem %v\n%s", s.Problem(), diff)
			}
			if err := s.Set("language", "de"); err == nil {
				t.Error("Set gave no error")
			}
			if _, err := Open(file, "live"); err == nil {
				t.Error("a profile was found in it")
			}
		})
	}
}

func TestOpenProfile(t *testing.T) {
	file := fileWith(t, twoProfiles)
	s := mustOpen(t, file, "live")
	if got := s.Current().Active().Name; got != "live" {
		t.Errorf("active is %q", got)
	}
	_, err := Open(file, "nope")
	if problem.CodeOf(err) != problem.NoOverride || !strings.Contains(err.Error(), "default, live") {
		t.Errorf("got %v, want ErrNoProfile with the names there are", err)
	}

	// Another setting leaves the override, another profile ends it, even the one
	// that the file has already.
	if err := s.Set("language", "ru"); err != nil || s.Current().Profile != "live" {
		t.Errorf("%v, profile %q", err, s.Current().Profile)
	}
	if err := s.Set("profile", "default"); err != nil || s.Current().Profile != "default" {
		t.Errorf("%v, profile %q", err, s.Current().Profile)
	}

	// A file that has lost the profile leaves the settings as they were.
	s = mustOpen(t, file, "live")
	put(t, file, "language = \"en\"")
	s.Version()
	if problem.CodeOf(s.Problem()) != problem.NoOverride || s.Current().Language != "ru" || s.Current().Profile != "live" {
		t.Errorf("%v, %+v", s.Problem(), s.Current())
	}
}

func TestStoreSet(t *testing.T) {
	file := fileWith(t, twoProfiles)
	s := mustOpen(t, file, "")
	changed, cancel := s.Subscribe()
	if err := s.Set("profile", "live"); err != nil {
		t.Fatal(err)
	}
	if got, want := content(t, file), strings.Replace(twoProfiles, "\"de\"\n", "\"de\"\nprofile = \"live\"\n", 1); got != want {
		t.Errorf("the file is\n%s", got)
	}
	if s.Current().Profile != "live" || len(changed) != 1 {
		t.Errorf("profile %q, %d notices", s.Current().Profile, len(changed))
	}
	<-changed

	before, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Set("profile", "live"); err != nil {
		t.Fatal(err)
	}
	after, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	if len(changed) != 0 || !os.SameFile(before, after) || !before.ModTime().Equal(after.ModTime()) {
		t.Error("setting what is set already wrote or told something")
	}
	s.Version()
	if len(changed) != 0 {
		t.Error("its own writing was taken for an edit")
	}

	if err := s.Set("profile", "nope"); err == nil || s.Current().Profile != "live" {
		t.Errorf("%v, profile %q", err, s.Current().Profile)
	}
	cancel()
	if err := s.Set("profile", "default"); err != nil || len(changed) != 0 {
		t.Errorf("%v, %d notices after cancel", err, len(changed))
	}
}

// An edit that was made and not yet noticed is kept, not written over.
func TestStoreSetAfterEdit(t *testing.T) {
	file := fileWith(t, "")
	s := mustOpen(t, file, "")
	put(t, file, twoProfiles)
	if err := s.Set("notifications.ready", false); err != nil {
		t.Fatal(err)
	}
	if got := s.Current(); got.Language != "de" || got.Notifications.Ready {
		t.Errorf("got %+v", got)
	}
}

func TestStoreSetBroken(t *testing.T) {
	const broken = "language = \"de\"\nattempts = 5\n"
	file := fileWith(t, broken)
	s := mustOpen(t, file, "")
	var located *problem.Problem
	if err := s.Set("language", "en"); !errors.As(err, &located) || located.Line != 2 || located.File != file {
		t.Errorf("got %v", err)
	}
	if got := content(t, file); got != broken {
		t.Errorf("the broken file was changed to\n%s", got)
	}
}

func TestStoreSetMissing(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a", "b", "settings.toml")
	s := mustOpen(t, file, "")
	if err := s.Set("auto_reconnect.enabled", false); err != nil {
		t.Fatal(err)
	}
	want := strings.Replace(string(defaultFile), "enabled = true ", "enabled = false ", 1)
	if diff := cmp.Diff(want, content(t, file)); diff != "" {
		t.Error(diff)
	}
}

func TestEnsure(t *testing.T) {
	file := filepath.Join(t.TempDir(), "altv-tray", "settings.toml")
	s := mustOpen(t, file, "")
	changed, cancel := s.Subscribe()
	defer cancel()
	if err := s.Ensure(); err != nil {
		t.Fatal(err)
	}
	if got := content(t, file); got != string(defaultFile) {
		t.Errorf("got\n%s", got)
	}
	s.Version()
	if len(changed) != 0 {
		t.Error("told of a change that is none")
	}
	const broken = "language = 1"
	put(t, file, broken)
	if err := s.Ensure(); err != nil || content(t, file) != broken {
		t.Errorf("%v, the file is\n%s", err, content(t, file))
	}
	if err := mustOpen(t, filepath.Dir(file), "").Ensure(); err == nil {
		t.Error("no error for a folder in its place")
	}
}

// Opening the settings file of an app whose --profile the file no longer has must not make the
// app use another profile.
func TestEnsureKeepsTheOverride(t *testing.T) {
	file := fileWith(t, twoProfiles)
	profile := mustOpen(t, file, "").Current().Profiles[1].Name
	s := mustOpen(t, file, profile)
	put(t, file, "")
	if err := s.Ensure(); err != nil || s.Current().Profile != profile || s.Problem() == nil {
		t.Errorf("%v, profile %q in force, the problem is %v", err, s.Current().Profile, s.Problem())
	}
}

func TestCurrentIsACopy(t *testing.T) {
	s := mustOpen(t, fileWith(t, twoProfiles), "")
	s.Current().Profiles[1].Name = "changed"
	if got := s.Current().Profiles[1].Name; got != "live" {
		t.Errorf("got %q", got)
	}
}

func TestStoreConcurrently(t *testing.T) {
	s := mustOpen(t, fileWith(t, twoProfiles), "")
	var all sync.WaitGroup
	for key := range (&Notifications{}).Switches() {
		all.Go(func() {
			for i := range 5 {
				if err := s.Set("notifications."+key, i%2 == 1); err != nil {
					t.Error(err)
				}
			}
		})
		all.Go(func() {
			for range 20 {
				_, cancel := s.Subscribe()
				_, _ = s.Current(), s.Problem()
				s.Version()
				cancel()
			}
		})
	}
	all.Wait()
	if got := s.Current().Notifications; got != (Notifications{}) {
		t.Errorf("a change was lost: %+v", got)
	}
}
