//go:build linux

package desktoptest

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// offer brings about a notification with Reconnect now.
func offer(t testing.TB, d *Desktop) Notification {
	t.Helper()
	before := len(d.Notes.Shown())
	d.Port.Set("LOADING")
	d.WaitState(t, "alt:V: Loading", AnswerLimit)
	d.Port.Set("MAIN_MENU")
	one := d.Notes.Wait(t, before, 5*time.Second, "main menu")
	if !slices.Equal(one.Buttons(), []string{"Reconnect now"}) {
		t.Fatalf("it offers %+v", one)
	}
	return one
}

// A button does once what the menu does.
func TestDesktopButton(t *testing.T) {
	t.Parallel()
	d := NewDesktop(t, "MAIN_MENU")
	d.Port.Script(Joins...)
	d.Start(t, "alt:V: Main menu")
	one := offer(t, d)
	d.Notes.Press(t, Notification{ID: one.ID + 1, Actions: one.Actions}, "Reconnect now") // another's
	d.Notes.Press(t, one, "Reconnect now")
	d.joined(t, d.Port.WaitReconnects(t, 1, 5*time.Second)[0])
	Until(t, 5*time.Second, "the pressed notification is closed", func() (bool, string) { return d.Notes.Closed(one.ID), "" })
	d.Notes.Press(t, one, "Reconnect now")
	d.Port.WaitPolls(t, 3)
	if sent := d.Port.Reconnects(); len(sent) != 1 || sent[0].Body != Password {
		t.Errorf("sent: %+v", sent)
	}
	if said := d.log(t); strings.Count(said, "msg=action name=reconnect by=notification") != 1 {
		t.Errorf("the log:\n%s", said)
	}
}

// A notification that ends by itself leaves nothing behind, nor does the program.
func TestDesktopButtonExpires(t *testing.T) {
	t.Parallel()
	d := NewDesktop(t, "MAIN_MENU")
	d.Start(t, "alt:V: Main menu")
	one := offer(t, d)
	d.Notes.Expire(t, one)
	d.Notes.Press(t, one, "Reconnect now")
	d.Port.WaitPolls(t, 2)
	if sent := d.Port.Reconnects(); len(sent) > 0 {
		t.Errorf("sent: %+v", sent)
	}
	// One that stands at the program's end is taken away: nobody would hear of it.
	d.Port.Close()
	d.WaitState(t, "alt:V: Not running", 10*time.Second)
	before := len(d.Notes.Shown())
	if result := d.Env.Run(t, "", d.Program, "reconnect"); result.Code != 3 {
		t.Errorf("altv-tray reconnect: %v", result)
	}
	failed := d.Notes.Wait(t, before, 5*time.Second, "Not reconnected", "Run checks")
	if result := d.Env.Run(t, "", d.Program, "quit"); result.Code != 0 {
		t.Errorf("altv-tray quit: %v", result)
	}
	Until(t, 5*time.Second, "the notification is taken away", func() (bool, string) { return d.Notes.Closed(failed.ID), "" })
}

// countdown restarts the server and waits for the notification of what follows.
func countdown(t testing.TB, d *Desktop) Notification {
	t.Helper()
	before := len(d.Notes.Shown())
	d.Server.Down()
	d.Panel.Wait(t, 5*time.Second, "the server is down", func(s Sight) bool { _, server := s.State(); return server == "Server: down" })
	d.Server.Up(t)
	one := d.Notes.Wait(t, before, 10*time.Second, "Reconnecting in")
	if !slices.Equal(one.Buttons(), []string{"Cancel", "Pause 1 hour"}) {
		t.Errorf("it offers %+v", one)
	}
	return one
}

// The countdown's notification says how long, calls it off, and goes away with it.
func TestDesktopCountdown(t *testing.T) {
	t.Parallel()
	d := NewDesktop(t, "MAIN_MENU")
	d.Settings(t, true, "on_launch = false\ndelay = \"2s\"\n")
	d.Port.Script(Joins...)
	app := d.Start(t, "alt:V: Main menu")
	d.Panel.Wait(t, 5*time.Second, "the server is ready", func(s Sight) bool { _, server := s.State(); return server == "Server: ready" })
	one := countdown(t, d)
	if one.Summary != "Reconnecting in 2 s" {
		t.Errorf("it says %q", one.Summary)
	}
	if d.Notes.Closed(one.ID) {
		t.Error("it is taken away before the countdown is over")
	}
	d.joined(t, d.Port.WaitReconnects(t, 1, 5*time.Second)[0])
	Until(t, 2*time.Second, "it is taken away when the request has left", func() (bool, string) { return d.Notes.Closed(one.ID), "" })
	d.Notes.Wait(t, 0, 5*time.Second, "in game")

	d.Settings(t, true, "on_launch = false\ndelay = \"10m\"\n")
	d.Port.Set("MAIN_MENU")
	d.Until(t, app, 5*time.Second, "the settings are in force", func(said string) bool { return strings.Contains(said, "settings_changed") })
	old := countdown(t, d)
	d.Notes.Press(t, old, "Cancel")
	Until(t, 5*time.Second, "it is taken away when it was called off", func() (bool, string) { return d.Notes.Closed(old.ID), "" })
	d.Panel.Wait(t, 5*time.Second, "nothing to cancel", func(s Sight) bool { return s.Shows("Reconnect now") })
	next := countdown(t, d)
	d.Notes.Press(t, old, "Cancel") // that reconnect is over
	d.Port.WaitPolls(t, 2)
	if d.Notes.Closed(next.ID) {
		t.Error("a button of an earlier countdown called off the next one")
	}
	d.Notes.Press(t, next, "Pause 1 hour")
	d.Panel.Wait(t, 5*time.Second, "paused", func(s Sight) bool { return s.Shows("Resume") && s.Shows("Reconnect now") })
	Until(t, 5*time.Second, "it is taken away by the pause", func() (bool, string) { return d.Notes.Closed(next.ID), "" })
	if sent := d.Port.Reconnects(); len(sent) != 1 {
		t.Errorf("sent: %+v", sent)
	}
}

// A real daemon shows the buttons, and hands on which was pressed.
func TestDesktopDunst(t *testing.T) {
	t.Parallel()
	Need(t, "dunst", "dunstctl")
	screen := StartScreen(t)
	d := newEmptyDesktop(t, "LOADING")
	d.Keyring = StartKeyring(t, d.Bus, d.Env)
	d.SetPassword(t, Password)
	d.Panel = StartPanel(t, d.Bus)
	d.Port.Script(Joins...)
	d.Env.Set("DISPLAY", screen.Display)
	chosen := filepath.Join(shortDir(t), "chosen")
	config := filepath.Join(shortDir(t), "dunstrc")
	// Where there are several actions, dunst asks the user by that program.
	writeFile(t, config, "[global]\nfollow = none\ndmenu = "+chosen+"\n")
	if err := os.WriteFile(chosen, []byte("#!/bin/sh\ngrep Cancel\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	d.Env.Start(t, "", "dunst", "-config", config)
	d.Bus.WaitForName(t, "org.freedesktop.Notifications", 10*time.Second)
	app := d.Start(t, "alt:V: Loading")
	d.Port.Set("MAIN_MENU")
	shown := func(want string) {
		t.Helper()
		Until(t, 10*time.Second, want+" notifications are shown", func() (bool, string) {
			r := d.Env.Run(t, "", "dunstctl", "count", "displayed")
			return strings.TrimSpace(r.Stdout) == want, r.String()
		})
	}
	press := func() {
		t.Helper()
		if r := d.Env.Run(t, "", "dunstctl", "action"); r.Code != 0 {
			t.Fatal(r)
		}
	}
	shown("1")
	press()
	d.joined(t, d.Port.WaitReconnects(t, 1, 10*time.Second)[0])

	d.Env.Run(t, "", "dunstctl", "close-all")
	d.Settings(t, true, "on_launch = false\ndelay = \"10m\"\n")
	d.Until(t, app, 5*time.Second, "the settings are in force", func(said string) bool { return strings.Contains(said, "settings_changed") })
	d.Server.Down()
	d.Panel.Wait(t, 5*time.Second, "the server is down", func(s Sight) bool { _, server := s.State(); return server == "Server: down" })
	d.Server.Up(t)
	shown("1")
	if folder := os.Getenv("ALTV_TRAY_PICTURES"); folder != "" {
		screen.Save(t, filepath.Join(folder, "dunst-countdown.png"))
	}
	press()
	d.Until(t, app, 5*time.Second, "it is called off", func(said string) bool {
		return strings.Contains(said, "msg=action name=cancel by=notification") && strings.Contains(said, "msg=reconnect_cancelled")
	})
	shown("0")
	if sent := d.Port.Reconnects(); len(sent) != 1 {
		t.Errorf("sent: %+v", sent)
	}
}
