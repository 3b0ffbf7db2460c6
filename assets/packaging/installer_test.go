//go:build linux

package packaging

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"altv-tray/tray/desktoptest"
)

// bench is a user of Windows, under Wine.
type bench struct {
	*desktoptest.Wine
	drive   string // C:, as a path of the host
	profile string // the user's folder
	version string
	setup   string
	unzip   string // what is in the zip
	folder  string // where the installer puts it
}

const (
	uninstallKey    = `HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\altv-tray`
	runKey          = `HKCU\Software\Microsoft\Windows\CurrentVersion\Run`
	environmentKey  = `HKCU\Environment`
	notificationKey = `HKCU\Software\Classes\AppUserModelId\altv-tray`
)

// Installed, upgraded over a running copy, removed; and the zip. One session for
// all, since making one takes long.
func TestDesktopPackageInstaller(t *testing.T) {
	desktoptest.Need(t, "wine", "wineboot", "wineserver", "x86_64-w64-mingw32-gcc", "Xvfb", "openbox", "tint2", "xdotool", "xwd", "xwininfo", "convert", "unzip")
	dist, version := packages(t)
	b := &bench{Wine: desktoptest.StartWine(t), version: version}
	prefix, _, _ := strings.Cut(b.Local, "/drive_c/")
	b.drive = filepath.Join(prefix, "drive_c")
	b.profile = filepath.Dir(filepath.Dir(b.Local))
	name := "altv-tray-" + version + "-windows-amd64"
	b.setup = filepath.Join(dist, name+"-setup.exe")
	b.unzip = filepath.Join(b.profile, "Downloads", name)
	b.folder = filepath.Join(b.Local, "Programs", "altv-tray")

	port := desktoptest.StartPort(t, "MAIN_MENU")
	settingsText := "[client]\naddress = \"" + port.Address + "\"\n[notifications]\nready = false\n"
	// Every Windows has these, if not every Wine.
	for _, key := range []string{uninstallKey, notificationKey} {
		b.Run(t, "", "reg", "add", strings.TrimSuffix(key, `\altv-tray`), "/f")
	}
	before := b.look(t)

	t.Run("install", func(t *testing.T) {
		b.install(t, "/LOGIN")
		b.expectPath(t, true, `Path\s+REG_EXPAND_SZ\s+[^;]*\\Programs\\altv-tray\s*$`)
		b.write(t, filepath.Join(b.AppData, "altv-tray", "settings.toml"), settingsText)
		if r := b.Run(t, desktoptest.Password, filepath.Join(b.folder, "altv-tray.com"), "password", "set"); r.Code != 0 {
			t.Fatalf("password set: %v", r)
		}
	})
	t.Run("upgrade", func(t *testing.T) { b.upgrade(t) })
	t.Run("uninstall and keep", func(t *testing.T) {
		b.uninstall(t)
		b.expectPath(t, false, "")
		kept := before.copy()
		kept.files["AppData/Roaming/altv-tray/settings.toml"] = settingsText
		if history := filepath.Join(b.Local, "altv-tray", "history.jsonl"); exists(t, history) {
			kept.files["AppData/Local/altv-tray/history.jsonl"] = read(t, history)
		}
		b.compare(t, kept, b.look(t))
	})
	command(t, "unzip", "-q", filepath.Join(dist, name+".zip"), "-d", filepath.Dir(b.unzip))
	t.Run("the password is kept", func(t *testing.T) {
		if r := b.Run(t, "", filepath.Join(b.unzip, "altv-tray.com"), "password", "status"); r.Code != 0 {
			t.Errorf("password status: %v", r)
		}
	})
	// One that is longer than NSIS can read.
	long := strings.Repeat(`C:\a folder of many\bin;`, 200) + `C:\the last`
	t.Run("install again", func(t *testing.T) {
		if r := b.Run(t, "", "reg", "add", environmentKey, "/v", "Path", "/d", long, "/f"); r.Code != 0 {
			t.Fatalf("reg add: %v", r)
		}
		b.install(t)
		b.expectPath(t, true, `Path\s+REG_SZ\s+`+regexp.QuoteMeta(long)+`;[^;]*\\Programs\\altv-tray\s*$`)
		b.install(t, "/NOPATH")
		b.expectPath(t, true, `Path\s+REG_SZ\s+`+regexp.QuoteMeta(long)+`\s*$`)
		b.install(t) // as before
		b.expectPath(t, true, `Path\s+REG_SZ\s+`+regexp.QuoteMeta(long)+`\s*$`)
	})
	t.Run("uninstall and remove all", func(t *testing.T) {
		b.uninstall(t, "/SETTINGS", "/PASSWORDS")
		b.expectPath(t, true, `Path\s+REG_SZ\s+`+regexp.QuoteMeta(long)+`\s*$`)
		if r := b.Run(t, "", filepath.Join(b.unzip, "altv-tray.com"), "password", "status"); r.Code != 6 {
			t.Errorf("password status: %v, want 6: none is stored", r)
		}
		if err := os.RemoveAll(b.unzip); err != nil {
			t.Fatal(err)
		}
		b.compare(t, before, b.look(t))
	})
	t.Run("portable", func(t *testing.T) {
		command(t, "unzip", "-q", filepath.Join(dist, name+".zip"), "-d", filepath.Dir(b.unzip))
		b.write(t, filepath.Join(b.unzip, "portable"), "")
		b.write(t, filepath.Join(b.unzip, "settings.toml"), settingsText)
		com := filepath.Join(b.unzip, "altv-tray.com")
		b.expectVersion(t, com)
		app := b.StartTray(t, filepath.Join(b.unzip, "altv-tray.exe"))
		port.WaitPolls(t, 2)
		if r := b.Run(t, "", com, "quit"); r.Code != 0 {
			t.Errorf("quit: %v", r)
		}
		if code := app.Wait(t, 10*time.Second); code != 0 {
			t.Errorf("asked to quit, it ended with %d", code)
		}
		for _, file := range []string{"state/altv-tray.log", "cache"} {
			if !exists(t, filepath.Join(b.unzip, file)) {
				t.Errorf("there is no %s beside the program", file)
			}
		}
		if r := b.Run(t, "", com, "clean"); r.Code != 0 {
			t.Errorf("clean: %v", r)
		}
		if err := os.RemoveAll(b.unzip); err != nil {
			t.Fatal(err)
		}
		b.compare(t, before, b.look(t))
	})
}

func (b *bench) install(t *testing.T, args ...string) {
	t.Helper()
	if r := b.Run(t, "", b.setup, append([]string{"/S"}, args...)...); r.Code != 0 {
		t.Fatalf("the installer: %v", r)
	}
	b.expectVersion(t, filepath.Join(b.folder, "altv-tray.com"))
	for _, want := range []struct{ key, value, text string }{
		{uninstallKey, "DisplayVersion", b.version},
		{uninstallKey, "QuietUninstallString", `\Programs\altv-tray\uninstall.exe" /S`},
	} {
		if r := b.Run(t, "", "reg", "query", want.key, "/v", want.value); r.Code != 0 || !strings.Contains(r.Stdout, want.text) {
			t.Errorf("%s in %s: %v, want %s", want.value, want.key, r, want.text)
		}
	}
	r := b.Run(t, "", "reg", "query", runKey, "/v", "altv-tray")
	if starts := strings.Contains(r.Stdout, `\Programs\altv-tray\altv-tray.exe"`); starts != slices.Contains(args, "/LOGIN") {
		t.Errorf("it starts at login: %v, after %q (%v)", starts, args, r)
	}
	if entry := read(t, b.AppData, "Microsoft/Windows/Start Menu/Programs/altv-tray.lnk"); !strings.Contains(entry, "altv-tray.exe") {
		t.Errorf("the Start menu's entry leads elsewhere: %q", entry)
	}
}

// expectPath looks at the user's own PATH, as reg query prints it.
func (b *bench) expectPath(t *testing.T, there bool, pattern string) {
	t.Helper()
	r := b.Run(t, "", "reg", "query", environmentKey, "/v", "Path")
	if (r.Code == 0) != there || there && !regexp.MustCompile(pattern).MatchString(r.Stdout) {
		t.Errorf("PATH: %v, want %.100s", r, pattern)
	}
}

func (b *bench) expectVersion(t *testing.T, com string) {
	t.Helper()
	if r := b.Run(t, "", com, "version"); r.Code != 0 || strings.TrimSpace(r.Stdout) != "altv-tray "+b.version {
		t.Errorf("%s version: %v", com, r)
	}
}

// upgrade installs over a running copy of another build. That one must end, the
// new one run, and the user's choice of starting at login stay.
func (b *bench) upgrade(t *testing.T) {
	exe := filepath.Join(b.folder, "altv-tray.exe")
	packed := read(t, exe)
	b.write(t, exe+".new", packed+"another build")
	if err := os.Rename(exe+".new", exe); err != nil {
		t.Fatal(err)
	}
	app := b.StartTray(t, exe)
	old := b.waitTray(t, 0)
	if r := b.Run(t, "", b.setup, "/S"); r.Code != 0 {
		t.Fatalf("the installer over a running copy: %v", r)
	}
	if code := app.Wait(t, 5*time.Second); code != 0 {
		t.Errorf("the running copy ended with %d", code)
	}
	if read(t, exe) != packed {
		t.Error("the program was not replaced")
	}
	b.waitTray(t, old)
	if r := b.Run(t, "", "reg", "query", runKey, "/v", "altv-tray"); r.Code != 0 {
		t.Errorf("it no longer starts at login: %v", r)
	}
}

// waitTray waits for a tray app that answers and is another process than old;
// it returns its number.
func (b *bench) waitTray(t *testing.T, old int) int {
	t.Helper()
	var control struct{ PID int }
	desktoptest.Until(t, 20*time.Second, "the tray app runs", func() (bool, string) {
		data, err := os.ReadFile(filepath.Join(b.Local, "altv-tray", "control.json"))
		if err != nil || json.Unmarshal(data, &control) != nil || control.PID == old {
			return false, fmt.Sprint(control.PID, err)
		}
		r := b.Run(t, "", filepath.Join(b.folder, "altv-tray.com"), "resume")
		return r.Code == 0, r.String()
	})
	return control.PID
}

// uninstall removes it as Windows does, from a copy that the uninstaller makes
// of itself and does not wait for.
func (b *bench) uninstall(t *testing.T, args ...string) {
	t.Helper()
	// What notifications leave, which Wine shows none of.
	for _, key := range []string{notificationKey, `HKCU\Software\Classes\altv-tray\shell\open\command`} {
		if r := b.Run(t, "", "reg", "add", key, "/v", "DisplayName", "/d", "altv-tray", "/f"); r.Code != 0 {
			t.Fatalf("reg add: %v", r)
		}
	}
	if r := b.Run(t, "", filepath.Join(b.folder, "uninstall.exe"), append([]string{"/S"}, args...)...); r.Code != 0 {
		t.Fatalf("the uninstaller: %v", r)
	}
	desktoptest.Until(t, 30*time.Second, "the uninstaller is done", func() (bool, string) {
		// Its last two deeds.
		lnk := exists(t, filepath.Join(b.AppData, "Microsoft/Windows/Start Menu/Programs/altv-tray.lnk"))
		r := b.Run(t, "", "reg", "query", uninstallKey)
		return !lnk && r.Code != 0, fmt.Sprint(lnk, r)
	})
}

// seen is what a user has.
type seen struct {
	files    map[string]string // contents by path below the user's folder; folders end in a slash
	registry map[string]string // HKCU\Software, by key and value
}

func (s seen) copy() seen { return seen{maps.Clone(s.files), maps.Clone(s.registry)} }

func (b *bench) look(t *testing.T) seen {
	t.Helper()
	s := seen{map[string]string{}, map[string]string{}}
	err := filepath.WalkDir(b.profile, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(b.profile, path)
		switch {
		case err != nil:
			return err
		case name == "Temp" || strings.HasSuffix(name, "/Temp"):
			return fs.SkipDir // everybody's, and emptied by Windows
		case entry.IsDir() && strings.Contains(name, "altv-tray"):
			// Only what is named so: whether an empty folder of Wine's own was
			// there before nobody cares.
			if empty, err := os.ReadDir(path); err == nil && len(empty) == 0 {
				s.files[name+"/"] = ""
			}
		case entry.Type().IsRegular():
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			s.files[name] = string(data)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	export := filepath.Join(b.drive, "software.reg")
	if r := b.Run(t, "", "reg", "export", `HKCU\Software`, `C:\software.reg`, "/y"); r.Code != 0 {
		t.Fatalf("reg export: %v", r)
	}
	var units []uint16
	for data := []byte(read(t, export)); len(data) >= 2; data = data[2:] {
		units = append(units, uint16(data[0])|uint16(data[1])<<8)
	}
	key, wines := "", false // Wine keeps credentials and more in keys of its own
	for line := range strings.SplitSeq(string(utf16.Decode(units)), "\r\n") {
		if strings.HasPrefix(line, "[") {
			key = line
			if wines = strings.HasPrefix(key, `[HKEY_CURRENT_USER\Software\Wine\`); !wines {
				s.registry[key] = ""
			}
		} else if name, value, ok := strings.Cut(line, "="); ok && !wines {
			s.registry[key+name] = value
		}
	}
	return s
}

func (b *bench) compare(t *testing.T, want, got seen) {
	t.Helper()
	for what, maps := range map[string][2]map[string]string{"file": {want.files, got.files}, "registry": {want.registry, got.registry}} {
		for name, value := range maps[1] {
			if old, known := maps[0][name]; !known {
				t.Errorf("%s left behind: %s = %.200q", what, name, value)
			} else if old != value {
				t.Errorf("%s changed: %s = %.200q, was %.200q", what, name, value, old)
			}
		}
		for name := range maps[0] {
			if _, still := maps[1][name]; !still {
				t.Errorf("%s gone: %s", what, name)
			}
		}
	}
}

func (b *bench) write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func exists(t *testing.T, file string) bool {
	t.Helper()
	_, err := os.Stat(file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return err == nil
}
