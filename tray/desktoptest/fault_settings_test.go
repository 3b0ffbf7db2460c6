//go:build linux

package desktoptest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// settingsFault is something that happens to the settings file. The text is that of the
// valid file before.
type settingsFault struct {
	name string
	make func(t *testing.T, file, sound string)
	told []string // words of the notification, and of all other places that tell it
}

// settingsFaults are those after which the last good settings stay in force.
var settingsFaults = []settingsFault{
	{"syntax error", func(t *testing.T, file, sound string) {
		writeFile(t, file, "[notifications\n"+sound)
	}, []string{"settings.toml:1:"}},
	{"unknown key", func(t *testing.T, file, sound string) {
		writeFile(t, file, strings.Replace(sound, "enabled =", "enabeld =", 1))
	}, []string{"settings.toml:8:", "auto_reconnect.enabeld"}},
	{"wrong type", func(t *testing.T, file, sound string) {
		writeFile(t, file, strings.Replace(sound, "enabled = false", `enabled = "no"`, 1))
	}, []string{"settings.toml:8:", "auto_reconnect.enabled"}},
	{"made a folder", func(t *testing.T, file, _ string) {
		remove(t, file)
		if err := os.Mkdir(file, 0o700); err != nil {
			t.Fatal(err)
		}
	}, []string{"settings.toml", "folder"}},
	{"not to be read", func(t *testing.T, file, _ string) {
		chmod(t, file, 0)
	}, []string{"settings.toml", denied}},
	{"10 MB", func(t *testing.T, file, sound string) {
		writeFile(t, file, sound+strings.Repeat("# and so on\n", 10<<20/12))
	}, []string{"settings.toml", "64 KiB"}},
}

// Whatever happens to the settings file: the last good settings stay in force, every place
// where the user may look says so, and the file is left as it is. Once mended it takes
// effect again.
func TestDesktopFaultSettings(t *testing.T) {
	t.Parallel()
	d := NewDesktop(t, "MAIN_MENU")
	file := filepath.Join(d.Env.Config, "altv-tray", "settings.toml")
	d.Settings(t, false, "# his own note\n")
	sound := d.settingsText(t)
	app := d.startAsUser(t, "alt:V: Main menu")
	d.reconnects(t)
	d.Port.Set("MAIN_MENU")
	// Reported once, so that what stays open for that counts as open before.
	writeFile(t, file, "x")
	d.Notes.Wait(t, 0, 5*time.Second, "not in force")
	d.mend(t, file, sound)
	files := len(app.openFiles(t))

	for _, fault := range settingsFaults {
		t.Run(fault.name, func(t *testing.T) {
			before, printed := len(d.Notes.Shown()), len(app.Stderr())
			fault.make(t, file, sound)
			broken := look(t, file)
			d.Notes.Wait(t, before, 5*time.Second, append(noted(fault.told), "The settings are not in force")...)
			d.said(t, app, fault.told...)
			if said := app.Stderr()[printed:]; strings.Count(said, "\n") != 1 {
				t.Errorf("printed more or less than one line: %q", said)
			}

			d.stillInForce(t, false)
			d.refused(t, app, append(noted(fault.told), "The settings were not changed")...)
			if now := look(t, file); now != broken {
				t.Errorf("the file was changed, from %.300q to %.300q", broken, now)
			}
			d.Answers(t)
			d.WaitState(t, "alt:V: Main menu", 5*time.Second) // status tells what the app has seen
			status := d.Env.Run(t, "", d.Program, "status")
			if status.Code != 0 || status.Stdout != "MAIN_MENU\n" {
				t.Errorf("status: %v, want the client's", status)
			}
			d.checked(t, 1, "settings", noted(fault.told)...)
			d.mend(t, file, sound)
			d.CheckNoPanic(t, app)
			d.CheckNoPassword(t, app)
		})
	}

	t.Run("replaced, as editors do", func(t *testing.T) {
		before := len(d.Notes.Shown())
		writeFile(t, file+"~", strings.Replace(sound, "enabled = false", "enabled = true", 1))
		rename(t, file+"~", file)
		d.stillInForce(t, true)
		writeFile(t, file+"~", sound)
		remove(t, file)
		rename(t, file+"~", file)
		d.stillInForce(t, false)
		if shown := d.Notes.Shown(); len(shown) != before {
			t.Errorf("told of sound settings: %+v", shown[before:])
		}
	})
	for _, locked := range []struct {
		name, path   string
		mode, before os.FileMode
		told         string
		doctor       int
	}{
		{"read-only file", file, 0o444, 0o600, "read-only", 0},
		{"read-only folder", filepath.Dir(file), 0o500, 0o700, denied, 1},
	} {
		t.Run(locked.name, func(t *testing.T) {
			chmod(t, locked.path, locked.mode)
			t.Cleanup(func() { chmod(t, locked.path, locked.before) })
			d.stillInForce(t, false)
			d.refused(t, app, append(noted([]string{locked.told}), "The settings were not changed", "settings.toml")...)
			if now := d.settingsText(t); now != sound {
				t.Errorf("the file was changed to %q", now)
			}
			d.Answers(t)
			if locked.doctor != 0 {
				d.checked(t, locked.doctor, "folders", append(noted([]string{locked.told}), filepath.Dir(file))...)
			}
			chmod(t, locked.path, locked.before)
			d.saves(t, file, sound)
		})
	}

	d.alone(t, file)
	d.noMoreFiles(t, app, files)
	d.CheckNoPanic(t, app)
	d.CheckNoPassword(t, app)
	d.Click(t, "Quit")
	if code := app.Wait(t, 5*time.Second); code != 0 {
		t.Errorf("ended with %d", code)
	}
}

// With a file that is broken at the start the defaults are in force until it is mended.
// The same holds for one that is emptied or deleted, which is no error. No password is
// stored here, as a client may listen at the default address.
func TestDesktopFaultSettingsDefaults(t *testing.T) {
	t.Parallel()
	d := newEmptyDesktop(t, "MAIN_MENU")
	d.Panel, d.Notes = StartPanel(t, d.Bus), StartNotifications(t, d.Bus)
	file := filepath.Join(d.Env.Config, "altv-tray", "settings.toml")
	sound := d.settingsText(t)

	for _, fault := range settingsFaults {
		t.Run("at start: "+fault.name, func(t *testing.T) {
			before := len(d.Notes.Shown())
			fault.make(t, file, sound)
			broken := look(t, file)
			app := d.startAsUser(t, "alt:V: ")
			d.Notes.Wait(t, before, 5*time.Second, append(noted(fault.told), "The settings are not in force")...)
			d.said(t, app, fault.told...)
			d.stillInForce(t, true) // the defaults
			d.refused(t, app, append(noted(fault.told), "The settings were not changed")...)
			if now := look(t, file); now != broken {
				t.Errorf("the file was changed, from %.300q to %.300q", broken, now)
			}
			d.mend(t, file, sound)
			d.WaitState(t, "alt:V: Main menu", AnswerLimit)
			d.CheckNoPanic(t, app)
			d.quits(t, app)
		})
	}

	app := d.Start(t, "alt:V: Main menu")
	t.Run("emptied", func(t *testing.T) {
		d.stillInForce(t, false)
		writeFile(t, file, "")
		d.stillInForce(t, true)
		d.Click(t, "Automatic reconnect")
		d.stillInForce(t, false)
		if now := d.settingsText(t); now != "[auto_reconnect]\nenabled = false\n" {
			t.Errorf("the file is %q", now)
		}
		d.mend(t, file, sound)
		d.WaitState(t, "alt:V: Main menu", AnswerLimit)
	})
	t.Run("deleted", func(t *testing.T) {
		remove(t, file)
		d.stillInForce(t, true)
		d.said(t, app, "settings_file_gone_defaults_in_force")
		d.Click(t, "Automatic reconnect")
		d.stillInForce(t, false)
		if now := d.settingsText(t); !strings.Contains(now, "enabled = false   ") || strings.Count(now, "#") < 20 {
			t.Errorf("the new file has not all settings with their comments: %q", now)
		}
		d.mend(t, file, sound)
		d.WaitState(t, "alt:V: Main menu", AnswerLimit)
	})
	d.CheckNoPanic(t, app)
	d.alone(t, file)
}

// The program is killed at any moment and starts again with the settings on disk. The
// settings package tests that a save can be interrupted anywhere.
func TestDesktopFaultSettingsKilled(t *testing.T) {
	t.Parallel()
	d := NewDesktop(t, "MAIN_MENU")
	file := filepath.Join(d.Env.Config, "altv-tray", "settings.toml")
	off := d.settingsText(t)
	on := strings.Replace(off, "enabled = false", "enabled = true", 1)
	for _, saved := range []bool{false, true} {
		app := d.Start(t, "alt:V: Main menu")
		before := d.settingsText(t)
		d.Click(t, "Automatic reconnect")
		if saved {
			Until(t, AnswerLimit, "the change is saved", func() (bool, string) { return d.settingsText(t) != before, before })
		}
		app.Signal(t, syscall.SIGKILL)
		app.Wait(t, 5*time.Second)
		if now := d.settingsText(t); now != off && now != on {
			t.Fatalf("the file is %q", now)
		}
	}
	app := d.Start(t, "alt:V: Main menu")
	before := d.settingsText(t)
	d.Click(t, "Automatic reconnect")
	Until(t, 5*time.Second, "the change is saved", func() (bool, string) { return d.settingsText(t) != before, before })
	d.alone(t, file)
	d.CheckNoPassword(t, app)
}

// alone checks that the settings folder has the file and nothing else.
func (d *Desktop) alone(t testing.TB, file string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(file))
	if err != nil || len(entries) != 1 {
		t.Errorf("the settings folder has %v (%v), want the file alone", entries, err)
	}
}

// look returns what is at a path and its content, in one text.
func look(t testing.TB, path string) string {
	t.Helper()
	info, err := os.Lstat(path)
	if err != nil {
		t.Fatal(err)
	}
	if !info.Mode().IsRegular() {
		return info.Mode().String()
	}
	data, err := os.ReadFile(path)
	if err != nil && !os.IsPermission(err) {
		t.Fatal(err)
	}
	return fmt.Sprintf("%v %v %s", info.Mode(), info.ModTime(), data)
}
