//go:build linux

package desktoptest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A password typed into the dialog goes into the keyring and from there into the
// request, and nowhere else.
func TestDesktopPasswordDialog(t *testing.T) {
	t.Parallel()
	Need(t, "zenity", "setxkbmap")
	screen := StartScreen(t)
	// A keyboard that has an ä: xdotool would put it on a key while it types, and
	// on a busy computer the dialog reads that key too late.
	screen.command(t, "setxkbmap", "de")
	d := NewDesktop(t, "MAIN_MENU")
	d.Env.Set("DISPLAY", screen.Display)
	d.Port.Script(Joins...)
	app := d.Start(t, "alt:V: Main menu")

	const typed = `n3w Pässword "&<x>`
	d.Click(t, "Server password", "Set…")
	dialog := func() (bool, string) { return len(screen.Windows(t, "zenity")) > 0, "no window of zenity" }
	Until(t, 10*time.Second, "the dialog shows", dialog)
	// Once more while it is open: there is one dialog at a time.
	d.Click(t, "Server password", "Set…")
	screen.Focus(t, "--class", "zenity")
	screen.command(t, "xdotool", "type", "--delay", "20", typed)
	if n := len(screen.Windows(t, "zenity")); n != 1 {
		t.Errorf("%d dialogs", n)
	}
	screen.command(t, "xdotool", "key", "Return")
	Until(t, 10*time.Second, "the keyring has what was typed", func() (bool, string) {
		stored, _ := d.Keyring.Lookup(t, "default")
		return stored == typed, stored
	})
	d.Notes.Wait(t, 0, 5*time.Second, "Password stored")

	d.Click(t, "Reconnect now")
	if sent := d.Port.WaitReconnects(t, 1, 5*time.Second); sent[0].Body != typed {
		t.Errorf("sent %q, want %q", sent[0].Body, typed)
	}
	if files := d.Env.FilesWith(t, typed); len(files) > 0 {
		t.Errorf("files with the password: %v", files)
	}

	d.Click(t, "Server password", "Clear")
	Until(t, 10*time.Second, "the keyring has none", func() (bool, string) {
		stored, there := d.Keyring.Lookup(t, "default")
		return !there, stored
	})
	d.Click(t, "Server password", "Set…")
	Until(t, 10*time.Second, "the dialog shows again", dialog)
	d.Click(t, "Quit")
	if code := app.Wait(t, 5*time.Second); code != 0 {
		t.Errorf("ended with %d: %s", code, app.Stderr())
	}
	Until(t, 5*time.Second, "the dialog went with the app", func() (bool, string) {
		open, _ := dialog()
		return !open, "still there"
	})
	if strings.Contains(app.Stderr(), typed) {
		t.Error("the password is on standard error")
	}
}

func TestDesktopAbout(t *testing.T) {
	t.Parallel()
	Need(t, "zenity")
	screen := StartScreen(t)
	d := NewDesktop(t, "MAIN_MENU")
	d.Env.Set("DISPLAY", screen.Display)
	app := d.Start(t, "alt:V: Main menu")
	d.Click(t, "About altv-tray …")
	Until(t, 10*time.Second, "what it is about", func() (bool, string) {
		return len(screen.Windows(t, "zenity")) == 1, app.Stderr()
	})
	screen.Focus(t, "--name", "^About altv-tray")
	if folder := os.Getenv("ALTV_TRAY_PICTURES"); folder != "" {
		screen.Save(t, filepath.Join(folder, "linux-about.png"))
	}
	screen.command(t, "xdotool", "key", "Escape")
	Until(t, 5*time.Second, "it is gone", func() (bool, string) {
		return len(screen.Windows(t, "zenity")) == 0, "still there"
	})
}
