//go:build linux

package desktoptest

import (
	"os"
	"strings"
	"testing"
	"time"
)

// newKeyDesktop is NewDesktop with the hotkey, and with a screen that another program
// fills.
func newKeyDesktop(t *testing.T, key string) (d *Desktop, screen *Screen, game *Process, played string) {
	t.Helper()
	d = NewDesktop(t, "MAIN_MENU")
	screen = StartScreen(t)
	d.Env.Set("DISPLAY", screen.Display)
	played = d.Sounds(t)
	d.Settings(t, false, hotkeyLines(key))
	d.Port.Script(Joins...)
	return d, screen, screen.StartGame(t), played
}

// The hotkey reconnects while another program fills the screen, once for each press, in
// every state of the lock keys. A change of it takes effect while the program runs.
func TestDesktopHotkey(t *testing.T) {
	t.Parallel()
	Need(t, "setxkbmap")
	d, screen, game, played := newKeyDesktop(t, "Ctrl+Shift+F9")
	app := d.Start(t, "alt:V: Main menu")
	d.WaitHeld(t, app, "Ctrl+Shift+F9", 5*time.Second)
	if level, text := d.HotkeyCheck(t); level != "ok" || !strings.Contains(text, "Ctrl+Shift+F9 reconnects") {
		t.Errorf("the doctor says %s: %s", level, text)
	}
	reconnects := func(want int, press func()) {
		t.Helper()
		press()
		d.joined(t, d.sent(t, want)[want-1])
		d.sent(t, want)
	}
	reconnects(1, func() { screen.Press(t, "ctrl+shift+F9") })
	reconnects(2, func() { screen.Hold(t, "ctrl+shift+F9", "2") })
	reconnects(3, func() { screen.Press(t, "Num_Lock", "ctrl+shift+F9") })
	reconnects(4, func() { screen.Press(t, "Caps_Lock", "ctrl+shift+F9") })
	reconnects(5, func() { screen.Press(t, "Num_Lock", "ctrl+shift+F9") })
	screen.Press(t, "Caps_Lock")
	screen.Press(t, "F9", "ctrl+F9", "shift+F9", "ctrl+alt+shift+F9", "ctrl+shift+F8")
	d.sent(t, 5)
	WaitPlayed(t, played, "message-new-instant", "message-new-instant", "message-new-instant", "message-new-instant", "message-new-instant")
	if heard := strings.Count(game.Stdout(), "keysym 0xffc6, F9"); heard < 8 || heard > 10 {
		t.Errorf("the game received F9 %d times, want a press and a release of each of the four that are not the hotkey:\n%s", heard, game.Stdout())
	}

	// A change takes effect within a second, and the old key is free again.
	begin := time.Now()
	d.Settings(t, false, hotkeyLines("Ctrl+F8"))
	d.WaitHeld(t, app, "Ctrl+F8", 5*time.Second)
	t.Logf("another key after %v", time.Since(begin))
	screen.Press(t, "ctrl+shift+F9")
	d.sent(t, 5)
	reconnects(6, func() { screen.Press(t, "ctrl+F8") })
	if _, ok := screen.TakeKey(t, 8); ok {
		t.Error("the key that is held is free")
	}
	d.Settings(t, false, "")
	var free func()
	Until(t, 5*time.Second, "no key is held", func() (ok bool, _ string) {
		free, ok = screen.TakeKey(t, 8)
		return ok, ""
	})
	free()

	// Another keyboard; then one with two layouts, of which the second has another
	// letter there. xdotool switches to the layout of the letter that it presses.
	d.Settings(t, false, hotkeyLines("Ctrl+Y"))
	d.WaitHeld(t, app, "Ctrl+Y", 5*time.Second)
	reconnects(7, func() { screen.Press(t, "ctrl+y") })
	screen.command(t, "setxkbmap", "de")
	reconnects(8, func() { screen.Press(t, "ctrl+y") })
	screen.command(t, "setxkbmap", "us,ru")
	screen.Press(t, "Cyrillic_en")
	Until(t, 5*time.Second, "the game receives a letter of the second layout", func() (bool, string) {
		return strings.Contains(game.Stdout(), "state 0x2000, keycode 29 (keysym 0x6ce, Cyrillic_en)"), game.Stdout()
	})
	reconnects(9, func() { screen.Press(t, "ctrl+Cyrillic_en") })
	d.CheckNoPanic(t, app)
}

// A press does the same as a click on Reconnect now, and never cancels: with no client
// it is refused, and it joins a reconnect that is under way.
func TestDesktopHotkeyAsAClick(t *testing.T) {
	t.Parallel()
	d, screen, _, played := newKeyDesktop(t, "Ctrl+Shift+F9")
	app := d.Start(t, "alt:V: Main menu")
	d.WaitHeld(t, app, "Ctrl+Shift+F9", 5*time.Second)
	d.Port.Close()
	d.WaitState(t, "alt:V: Not running", 10*time.Second)
	screen.Press(t, "ctrl+shift+F9")
	WaitPlayed(t, played, "dialog-error")
	d.Notes.Wait(t, 0, 5*time.Second, "not running")
	d.Port.Reopen(t, "LOADING")
	d.WaitState(t, "alt:V: Loading", 10*time.Second)
	d.sent(t, 0)

	// It waits until the client is ready. Another press does not cancel it.
	screen.Press(t, "ctrl+shift+F9")
	WaitPlayed(t, played, "dialog-error", "message-new-instant")
	d.Panel.Wait(t, 5*time.Second, "it waits", func(s Sight) bool { return s.Shows("Cancel reconnect") })
	screen.Press(t, "ctrl+shift+F9")
	WaitPlayed(t, played, "dialog-error", "message-new-instant", "message-new-instant")
	d.sent(t, 0)
	d.Port.Set("MAIN_MENU")
	d.joined(t, d.sent(t, 1)[0])

	// A pause does not concern it. The sound is off now.
	d.Settings(t, false, hotkeyLines("Ctrl+Shift+F9")+"sound = false\n")
	d.Until(t, app, 5*time.Second, "the sound is off", func(said string) bool { return strings.Contains(said, "msg=settings_changed") })
	d.Click(t, "Pause", "Until resumed")
	screen.Press(t, "ctrl+shift+F9")
	d.joined(t, d.sent(t, 2)[1])
	WaitPlayed(t, played, "dialog-error", "message-new-instant", "message-new-instant")
}

// No password is stored, and the server has one: nothing is sent, and the sound says
// so.
func TestDesktopHotkeyWithoutAPassword(t *testing.T) {
	t.Parallel()
	d, screen, _, played := newKeyDesktop(t, "Ctrl+Shift+F9")
	if result := d.Env.Run(t, "", d.Program, "password", "clear"); result.Code != 0 {
		t.Fatalf("altv-tray password clear: %v", result)
	}
	folder := shortDir(t)
	writeFile(t, folder+"/server.toml", "password = \"secret\"\n")
	d.Env.WriteSettings(t, settings(d.Port, d.Server, false, hotkeyLines("Ctrl+Shift+F9"))+"folder = '"+folder+"'\n")
	app := d.Start(t, "alt:V: Main menu")
	d.WaitHeld(t, app, "Ctrl+Shift+F9", 5*time.Second)
	screen.Press(t, "ctrl+shift+F9")
	WaitPlayed(t, played, "dialog-error")
	d.sent(t, 0)
}

// A hundred presses within a second make one reconnect, and the program still answers.
func TestDesktopFaultHotkeyPressedAHundredTimes(t *testing.T) {
	t.Parallel()
	d, screen, _, _ := newKeyDesktop(t, "Ctrl+Shift+F9")
	app := d.Start(t, "alt:V: Main menu")
	d.WaitHeld(t, app, "Ctrl+Shift+F9", 5*time.Second)
	d.ReconnectWorks(t)
	base := d.Baseline(t, app)
	const long = time.Minute // until the test says so
	d.Port.Script(Step{0, "DISCONNECTING"}, Step{300 * time.Millisecond, "CONNECTING"}, Step{long, "IN_GAME"})
	begin := time.Now()
	screen.command(t, "xdotool", "keydown", "ctrl+shift", "key", "--repeat", "100", "--delay", "5", "F9", "keyup", "ctrl+shift")
	t.Logf("pressed within %v", time.Since(begin))
	d.Answers(t)
	all := d.sent(t, 2)
	d.Port.Set("IN_GAME")
	d.joined(t, all[1])
	d.sent(t, 2)
	base.Check(t)
	if used := app.ProcessorTime(t); used > 10*time.Second {
		t.Errorf("%v of processor time", used)
	}
}

// Another program has the key at login, and releases it later.
func TestDesktopFaultHotkeyTaken(t *testing.T) {
	t.Parallel()
	d, screen, _, _ := newKeyDesktop(t, "Ctrl+F7")
	free, ok := screen.TakeKey(t, 7)
	if !ok {
		t.Fatal("the key is not free")
	}
	app := d.Start(t, "alt:V: Main menu")
	d.Panel.Wait(t, 5*time.Second, "the menu says so", func(s Sight) bool {
		row, ok := s.Find("Open settings · hotkey taken")
		return ok && row.Enabled
	})
	if level, text := d.HotkeyCheck(t); level != "warning" || !strings.Contains(text, "nother program uses Ctrl+F7") {
		t.Errorf("the doctor says %s: %s", level, text)
	}
	base := d.Baseline(t, app)
	screen.Press(t, "ctrl+F7")
	base.Check(t)
	d.sent(t, 0)
	d.ReconnectWorks(t)
	free()
	d.WaitHeld(t, app, "Ctrl+F7", 90*time.Second)
	d.Panel.Wait(t, 5*time.Second, "the menu says nothing of it", func(s Sight) bool { _, ok := s.Find("Open settings"); return ok })
	screen.Press(t, "ctrl+F7")
	d.joined(t, d.sent(t, 2)[1])
	base.Check(t)
}

// The X server ends, and starts again at the same display.
func TestDesktopFaultXServerGone(t *testing.T) {
	t.Parallel()
	Need(t, "Xvfb", "xdotool")
	d := NewDesktop(t, "MAIN_MENU")
	d.Port.Script(Joins...)
	xvfb, display := startXvfb(t, d.Env.Vars())
	screen := &Screen{Display: display, vars: []string{"PATH=" + os.Getenv("PATH"), "DISPLAY=" + display}}
	d.Env.Set("DISPLAY", screen.Display)
	d.Settings(t, false, hotkeyLines("Ctrl+Shift+F9"))
	app := d.Start(t, "alt:V: Main menu")
	d.WaitHeld(t, app, "Ctrl+Shift+F9", 5*time.Second)
	d.ReconnectWorks(t)
	base := d.Baseline(t, app)
	xvfb.Signal(t, os.Kill)
	xvfb.Wait(t, 5*time.Second)
	d.Until(t, app, 5*time.Second, "it is noticed", func(said string) bool { return strings.Contains(said, "hotkey_lost") })
	d.Panel.Wait(t, 5*time.Second, "the menu says so", func(s Sight) bool { _, ok := s.Find("Open settings · hotkey does not work"); return ok })
	if level, text := d.HotkeyCheck(t); level != "warning" {
		t.Errorf("the doctor says %s: %s", level, text)
	}
	base.Check(t)
	d.Answers(t)
	begin := time.Now()
	if err := os.Remove("/tmp/.X" + strings.TrimPrefix(screen.Display, ":") + "-lock"); err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	start(t, screen.vars, "", "Xvfb", screen.Display, "-noreset", "-nolisten", "tcp")
	d.WaitHeld(t, app, "Ctrl+Shift+F9", 90*time.Second)
	t.Logf("held again %v after the server's start", time.Since(begin))
	screen.Press(t, "ctrl+shift+F9")
	d.joined(t, d.sent(t, 2)[1])
	base.Recovered(t, "alt:V: In game")
}
