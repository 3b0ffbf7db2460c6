//go:build linux

package desktoptest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestDesktopNotifications(t *testing.T) {
	t.Parallel()
	d := NewDesktop(t, "LOADING")
	d.Port.Script(Joins...)
	d.Start(t, "alt:V: Loading")
	d.Port.Set("MAIN_MENU")
	ready := d.Notes.Wait(t, 0, 5*time.Second, "main menu")
	if ready.App != "altv-tray" {
		t.Errorf("the notification comes from %q", ready.App)
	}
	if _, err := os.Stat(ready.Icon); err != nil {
		t.Errorf("the notification's icon: %v", err)
	}
	before := len(d.Notes.Shown())
	d.Click(t, "Reconnect now")
	d.Notes.Wait(t, before, 5*time.Second, "in game")
	d.Port.WaitPolls(t, 3)
	if shown := d.Notes.Shown(); len(shown) != before+1 {
		t.Errorf("one reconnect made more than one notification: %+v", shown[before:])
	}
}

// Two joins that fall back after the download mean a wrong password: a notification says
// so, and no third request is sent.
func TestDesktopWrongPassword(t *testing.T) {
	t.Parallel()
	d := NewDesktop(t, "MAIN_MENU")
	d.Settings(t, true, "") // with automatic off, a click is one attempt
	d.Port.Script(FallsBack...)
	d.Start(t, "alt:V: Main menu")
	before := len(d.Notes.Shown())
	d.Click(t, "Reconnect now")
	told := d.Notes.Wait(t, before, 30*time.Second, "password", "wrong")
	t.Logf("told: %q", told.Text())
	d.Port.WaitPolls(t, 6) // longer than the pause before a third attempt
	sent := d.Port.Reconnects()
	if len(sent) != 2 {
		t.Fatalf("%d attempts, want 2: %+v", len(sent), sent)
	}
	if pause := sent[1].At.Sub(sent[0].At); pause < time.Second {
		t.Errorf("the second attempt came %v after the first", pause)
	}
	if told.At.Before(sent[1].At) {
		t.Error("told before the second attempt")
	}
}

// A daemon that hangs, or no daemon, delays nothing.
func TestDesktopNotificationsHang(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		prepare func(*testing.T, *Desktop)
	}{
		{"hang", func(t *testing.T, d *Desktop) {
			d.Notes = StartNotifications(t, d.Bus)
			d.Notes.Hang(true)
		}},
		{"absent", func(*testing.T, *Desktop) {}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newEmptyDesktop(t, "LOADING")
			c.prepare(t, d)
			d.Panel = StartPanel(t, d.Bus)
			d.Keyring = StartKeyring(t, d.Bus, d.Env)
			d.SetPassword(t, Password)
			d.Port.Script(Joins...)
			app := d.Start(t, "alt:V: Loading")
			d.Port.Set("MAIN_MENU")
			for n := 1; n <= 3; n++ {
				at := d.Click(t, "Reconnect now")
				sent := d.Port.WaitReconnects(t, n, 10*time.Second)
				if took := sent[n-1].At.Sub(at); took > 2*time.Second {
					t.Errorf("the request left %v after the click", took)
				}
				d.joined(t, sent[n-1])
			}
			d.Click(t, "Quit")
			if code := app.Wait(t, 10*time.Second); code != 0 {
				t.Errorf("Quit ended with %d", code)
			}
		})
	}
}

// Nothing stored and no server.toml: the body is empty, by click and by command. With a
// password in server.toml, or without a keyring, nothing is sent and the reason is shown.
func TestDesktopNoPassword(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		toml    string // of the profile's folder; empty: it names none
		keyring bool
		says    string // where nothing is sent
	}{
		{"none stored", "", true, ""},
		{"none stored and one in server.toml", "password = \"geheim\"\n", true, "Take from server.toml"},
		{"no keyring", "", false, "no keyring"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newEmptyDesktop(t, "MAIN_MENU")
			if c.keyring {
				d.Keyring = StartKeyring(t, d.Bus, d.Env)
			}
			profile := ""
			if c.toml != "" {
				folder := t.TempDir()
				writeFile(t, filepath.Join(folder, "server.toml"), c.toml)
				profile = "folder = '" + folder + "'\n"
			}
			d.Env.WriteSettings(t, settings(d.Port, d.Server, false, "")+profile)
			d.Port.Script(Joins...)
			d.Panel = StartPanel(t, d.Bus)
			d.Notes = StartNotifications(t, d.Bus)
			d.Start(t, "alt:V: Main menu")
			before := len(d.Notes.Shown())
			d.Click(t, "Reconnect now")
			if c.says == "" {
				d.WaitState(t, "alt:V: In game", 10*time.Second)
				d.Port.Set("MAIN_MENU")
				d.Port.Script(Joins...)
				if result := d.Env.Run(t, "", d.Program, "reconnect", "--wait"); result.Code != 0 {
					t.Errorf("altv-tray reconnect: %v", result)
				}
				if sent := d.Port.Reconnects(); len(sent) != 2 || sent[0].Body+sent[1].Body != "" {
					t.Errorf("sent: %+v, want two requests with an empty body", sent)
				}
				return
			}
			d.Notes.Wait(t, before, 10*time.Second, c.says)
			if result := d.Env.Run(t, "", d.Program, "reconnect"); result.Code != 6 || !strings.Contains(result.Stderr, c.says) {
				t.Errorf("altv-tray reconnect: %v, want exit 6 and %q", result, c.says)
			}
			d.Port.WaitPolls(t, 3)
			if sent := d.Port.Reconnects(); len(sent) > 0 {
				t.Errorf("sent: %+v", sent)
			}
		})
	}
}

// TestDesktopPasswordWanted: the server wants a password, and nothing says so.
func TestDesktopPasswordWanted(t *testing.T) {
	t.Parallel()
	d := newEmptyDesktop(t, "MAIN_MENU")
	d.Keyring = StartKeyring(t, d.Bus, d.Env)
	d.Settings(t, true, "") // with automatic off, a click is one attempt
	d.Panel = StartPanel(t, d.Bus)
	d.Notes = StartNotifications(t, d.Bus)
	d.Port.Script(FallsBack...)
	d.Start(t, "alt:V: Main menu")
	before := len(d.Notes.Shown())
	d.Click(t, "Reconnect now")
	d.Notes.Wait(t, before, 30*time.Second, "probably wants a password")
	d.Port.WaitPolls(t, 6) // longer than the pause before a third attempt
	if sent := d.Port.Reconnects(); len(sent) != 2 {
		t.Errorf("%d attempts, want 2: %+v", len(sent), sent)
	}
}

// A reconnect that the client accepts and does nothing about has failed, and a
// notification says so.
func TestDesktopFailed(t *testing.T) {
	t.Parallel()
	d := NewDesktop(t, "MAIN_MENU")
	d.Settings(t, false, "attempts = 1\n")
	d.Start(t, "alt:V: Main menu")
	before := len(d.Notes.Shown())
	d.Click(t, "Reconnect now")
	d.Port.WaitReconnects(t, 1, 5*time.Second)
	note := d.Notes.Wait(t, before, 15*time.Second)
	t.Logf("told: %q", note.Text())
	if took := note.At.Sub(d.Port.Reconnects()[0].At); took < 4*time.Second {
		t.Errorf("called failed after %v, sooner than the 5 s that the client has", took)
	}
	d.Port.WaitPolls(t, 3)
	if sent := d.Port.Reconnects(); len(sent) != 1 {
		t.Errorf("one attempt was allowed, sent: %+v", sent)
	}
	d.Panel.Wait(t, 5*time.Second, "a click can begin afresh", func(s Sight) bool { return s.Shows("Reconnect now") })
}
