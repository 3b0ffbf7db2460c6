//go:build linux

package desktoptest

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	config "altv-tray/settings"
	"altv-tray/tray/lang"
)

const stop, goOn = syscall.SIGSTOP, syscall.SIGCONT

// Two profiles, each with its own server and password, switched in the menu.
func TestDesktopProfiles(t *testing.T) {
	t.Parallel()
	d := NewDesktop(t, "MAIN_MENU")
	d.Port.Script(Joins...)
	other := StartGameServer(t)
	text := settings(d.Port, d.Server, false, "")
	d.Env.WriteSettings(t, text)
	d.Start(t, "alt:V: Main menu")
	// Edited while the program runs, as a user does.
	d.Env.WriteSettings(t, text+fmt.Sprintf("\n[[profiles]]\nname = \"work & play_2\"\nserver = %q\nready_delay = \"0s\"\n", other.Address))
	if result := d.Env.Run(t, "its password\n", d.Program, "--profile", "work & play_2", "password", "set"); result.Code != 0 {
		t.Fatalf("altv-tray password set: %v", result)
	}
	d.Click(t, "Profile", "work & play_2")
	d.Panel.Wait(t, 5*time.Second, "the tick moves", func(s Sight) bool {
		now, _ := s.Find("Profile", "work & play_2")
		before, _ := s.Find("Profile", "default")
		return now.Checked && !before.Checked
	})
	d.Click(t, "Reconnect now")
	if sent := d.sent(t, 1); sent[0].Body != "its password" {
		t.Errorf("sent %q", sent[0].Body)
	}
	d.WaitState(t, "alt:V: In game", 5*time.Second)
	other.Down()
	d.serverRow(t, "Server: down")
	d.Click(t, "Profile", "default")
	d.serverRow(t, "Server: ready")
	d.Click(t, "Reconnect now")
	if sent := d.sent(t, 2); sent[1].Body != Password {
		t.Errorf("sent %q", sent[1].Body)
	}
	settings, err := os.ReadFile(filepath.Join(d.Env.Config, "altv-tray", "settings.toml"))
	if err != nil || !strings.Contains(string(settings), `profile = "default"`) {
		t.Errorf("the choice is not in the settings: %s", settings)
	}
}

// A client that was last on a server of another computer is reconnected by hand only, and
// the user sees why.
func TestDesktopOtherServer(t *testing.T) {
	t.Parallel()
	d := NewDesktop(t, "MAIN_MENU")
	folder := filepath.Join(d.Env.Home, "altv")
	writeFile(t, filepath.Join(folder, "altv.toml"), "debug = true\nlastip = \"203.0.113.7:7788\"\n")
	text := settings(d.Port, d.Server, true, "")
	d.Env.WriteSettings(t, strings.Replace(text, "[client]\n", fmt.Sprintf("[client]\nfolder = %q\n", folder), 1))
	d.Port.Script(Joins...)
	d.Start(t, "alt:V: Main menu")
	d.serverRow(t, "Server: ready · alt:V will go to 203.0.113.7:7788")
	d.Server.Down()
	d.serverRow(t, "Server: down · alt:V will go to 203.0.113.7:7788")
	d.Server.Up(t)
	d.Notes.Wait(t, 0, 10*time.Second, "alt:V goes to another server", "203.0.113.7:7788", "no reconnect is sent by itself")
	d.sent(t, 0)
	d.Click(t, "Reconnect now")
	d.sent(t, 1)
}

// Why the last reconnect came to nothing stands in the menu and the tooltip, and the
// icon has a sign, until one works.
func TestDesktopLastReconnect(t *testing.T) {
	t.Parallel()
	d := NewDesktop(t, "MAIN_MENU")
	d.Port.Script(FallsBack...)
	d.Start(t, "alt:V: Main menu")
	const failed = "Last reconnect failed: back in the main menu"
	before := d.sight(t)
	d.Click(t, "Reconnect now")
	d.Panel.Wait(t, 10*time.Second, "why it failed", func(s Sight) bool {
		row, ok := s.Find(failed)
		return ok && !row.Enabled && strings.HasSuffix(s.ToolTip, "\n"+failed) && s.Icon.Width > 0 && !bytes.Equal(s.Icon.Pixels, before.Icon.Pixels)
	})
	d.Port.Script(Joins...)
	d.Click(t, "Reconnect now")
	d.Panel.Wait(t, 10*time.Second, "it is forgotten", func(s Sight) bool {
		_, ok := s.Find(failed)
		return !ok && s.Shows("Reconnect now") && !strings.Contains(s.ToolTip, failed)
	})
	Until(t, 10*time.Second, "the history has both", func() (bool, string) {
		result := d.Env.Run(t, "", d.Program, "history")
		return result.Code == 0 && strings.Contains(result.Stdout, "fell back") && strings.Contains(result.Stdout, "joined"), fmt.Sprint(result)
	})
}

// The menu's ticks follow the settings and the system, and change them.
func TestDesktopTicks(t *testing.T) {
	t.Parallel()
	d := NewDesktop(t, "MAIN_MENU")
	d.Start(t, "alt:V: Main menu")
	tick := func(on bool, labels ...string) {
		t.Helper()
		d.Panel.Wait(t, 10*time.Second, fmt.Sprintf("%q is ticked: %v", labels, on), func(s Sight) bool {
			row, ok := s.Find(labels...)
			return ok && row.Checkable && row.Checked == on
		})
	}
	file := filepath.Join(d.Env.Config, "altv-tray", "settings.toml")
	switches := func(key string, on bool, labels ...string) {
		t.Helper()
		tick(on, labels...)
		d.Click(t, labels...)
		tick(!on, labels...)
		text, err := os.ReadFile(file)
		if err != nil || !strings.Contains(string(text), fmt.Sprintf("\n%s = %v", key, !on)) {
			t.Errorf("%s is not in the settings: %s", key, text)
		}
	}
	switches("enabled", false, "Automatic reconnect")
	set, text := config.Default(), lang.New("en")
	for key, on := range set.Notifications.Switches() {
		switches(key, *on, text.T("menu.notifications"), text.T("menu.notify_"+key))
	}
	entry := filepath.Join(d.Env.Config, "autostart", "altv-tray.desktop")
	tick(false, "Start at login")
	d.Click(t, "Start at login")
	tick(true, "Start at login")
	if text, err := os.ReadFile(entry); err != nil || !strings.Contains(string(text), d.Program) {
		t.Errorf("the start at login: %s, %v", text, err)
	}
	if err := os.Remove(entry); err != nil {
		t.Fatal(err)
	}
	tick(false, "Start at login") // the system's own state, whoever changed it
	d.Click(t, "Start at login")
	tick(true, "Start at login")
	d.Click(t, "Start at login")
	tick(false, "Start at login")
	if _, err := os.Stat(entry); !os.IsNotExist(err) {
		t.Errorf("the start at login left %s behind: %v", entry, err)
	}
}

// The language changes while it runs.
func TestDesktopLanguage(t *testing.T) {
	t.Parallel()
	d := NewDesktop(t, "MAIN_MENU")
	d.Start(t, "alt:V: Main menu")
	text := settings(d.Port, d.Server, false, "")
	for language, state := range map[string]string{"de": "alt:V: Hauptmenü", "ru": "alt:V: Главное меню", "zh-Hans": "alt:V：主菜单", "en": "alt:V: Main menu"} {
		d.Env.WriteSettings(t, strings.Replace(text, `language = "en"`, fmt.Sprintf("language = %q", language), 1))
		d.WaitState(t, state, 5*time.Second)
	}
}
