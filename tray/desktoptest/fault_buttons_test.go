//go:build linux

package desktoptest

import (
	"strings"
	"testing"
	"time"
)

// withCountdowns runs the program in game, with a server whose restart begins a countdown.
func withCountdowns(t *testing.T) (*Desktop, *Process) {
	t.Helper()
	d := NewDesktop(t, "IN_GAME")
	d.Settings(t, true, "on_launch = false\ndelay = \"10m\"\n")
	logAtEnd(t, d)
	app := d.Start(t, "alt:V: In game")
	d.Panel.Wait(t, 5*time.Second, "the server is ready", func(s Sight) bool { _, server := s.State(); return server == "Server: ready" })
	d.ReconnectWorks(t)
	d.Notes.Wait(t, 0, 5*time.Second, "in game")
	return d, app
}

// The daemon goes while a button is shown, crashed or replaced. Its number then
// belongs to some other notification of the next daemon: pressing that does
// nothing. The next notification has its button.
func TestDesktopFaultButtonsDaemonGone(t *testing.T) {
	t.Parallel()
	d, app := withCountdowns(t)
	base := d.Baseline(t, app)
	for range 3 {
		old := countdown(t, d)
		d.Notes.Close(t)
		d.Notes = StartNotifications(t, d.Bus)
		d.Notes.Press(t, old, "Cancel")
		d.Port.WaitPolls(t, 2)
		if said := d.log(t); strings.Contains(said[strings.LastIndex(said, "reconnect_countdown"):], "reconnect_cancelled") {
			t.Error("a button of another notification called the reconnect off")
		}
		d.Answers(t)
		now := countdown(t, d)
		d.Notes.Press(t, now, "Cancel")
		d.Panel.Wait(t, 5*time.Second, "it is called off", func(s Sight) bool { return s.Shows("Reconnect now") })
	}
	if said := d.log(t); strings.Count(said, "by=notification") != 3 {
		t.Errorf("the log:\n%s", said)
	}
	base.Recovered(t, "alt:V: In game")
}

// The bus dies while a button is shown, and comes back.
func TestDesktopFaultButtonsBusDies(t *testing.T) {
	t.Parallel()
	d, app := withCountdowns(t)
	base := d.Baseline(t, app)
	for range 2 {
		countdown(t, d)
		d.Bus.Kill(t)
		d.Port.WaitPolls(t, 2)
		if result := d.Env.Run(t, "", d.Program, "pause", "1h"); result.Code != 0 { // which takes it away
			t.Errorf("altv-tray pause: %v", result)
		}
		d.Bus.Up(t)
		d.Panel = StartPanel(t, d.Bus)
		d.Notes = StartNotifications(t, d.Bus)
		d.Keyring = StartKeyring(t, d.Bus, d.Env)
		d.Panel.WaitForIcon(t, app, 10*time.Second)
		d.Answers(t) // resumes
		one := countdown(t, d)
		d.Notes.Press(t, one, "Cancel")
		d.Panel.Wait(t, 5*time.Second, "it is called off", func(s Sight) bool { return s.Shows("Reconnect now") })
	}
	base.Recovered(t, "alt:V: In game")
}

// A daemon without buttons gets the text that tells the way through the menu.
func TestDesktopButtonsAreNotKnown(t *testing.T) {
	t.Parallel()
	d := NewDesktop(t, "IN_GAME")
	d.Notes.WithoutButtons()
	d.Settings(t, true, "on_launch = false\ndelay = \"10m\"\n")
	d.Start(t, "alt:V: In game")
	d.Panel.Wait(t, 5*time.Second, "the server is ready", func(s Sight) bool { _, server := s.State(); return server == "Server: ready" })
	d.Server.Down()
	d.Panel.Wait(t, 5*time.Second, "the server is down", func(s Sight) bool { _, server := s.State(); return server == "Server: down" })
	d.Server.Up(t)
	one := d.Notes.Wait(t, 0, 10*time.Second, "Reconnecting in", "Cancel reconnect in the menu")
	if len(one.Actions) > 0 {
		t.Errorf("it offers %+v", one)
	}
}

// logAtEnd prints the log of a test that failed.
func logAtEnd(t *testing.T, d *Desktop) {
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("the log:\n%s", d.log(t))
		}
	})
}
