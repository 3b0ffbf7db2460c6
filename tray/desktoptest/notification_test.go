//go:build linux

package desktoptest

import (
	"os"
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

// Two joins that fall back after the download mean a wrong password: the user is
// told, and it ends there.
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

// A daemon that hangs, or none at all, delays nothing.
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

// Without a password in the keyring, or without a keyring, nothing is sent and
// the user is told why.
func TestDesktopNoPassword(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		prepare func(*testing.T, *Desktop)
	}{
		{"none stored", func(t *testing.T, d *Desktop) { d.Keyring = StartKeyring(t, d.Bus, d.Env) }},
		{"no keyring", func(*testing.T, *Desktop) {}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newEmptyDesktop(t, "MAIN_MENU")
			c.prepare(t, d)
			d.Panel = StartPanel(t, d.Bus)
			d.Notes = StartNotifications(t, d.Bus)
			d.Start(t, "alt:V: Main menu")
			before := len(d.Notes.Shown())
			d.Click(t, "Reconnect now")
			d.Notes.Wait(t, before, 10*time.Second, "password")
			if result := d.Env.Run(t, "", d.Program, "reconnect"); result.Code != 6 || result.Stderr == "" {
				t.Errorf("altv-tray reconnect: %v, want exit 6 and the reason", result)
			}
			d.Port.WaitPolls(t, 3)
			if sent := d.Port.Reconnects(); len(sent) > 0 {
				t.Errorf("sent: %+v", sent)
			}
		})
	}
}

// A reconnect that the client accepts and does nothing about has failed, and the
// user is told.
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
