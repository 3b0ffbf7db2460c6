//go:build linux

package desktoptest

import (
	"strings"
	"syscall"
	"testing"
	"time"
)

// newWaylandDesktop is NewDesktop on Wayland without X11, with the hotkey and a portal
// for it.
func newWaylandDesktop(t *testing.T, key string) (*Desktop, *ShortcutPortal) {
	t.Helper()
	d := NewDesktop(t, "MAIN_MENU")
	d.Env.Set("WAYLAND_DISPLAY", "wayland-0")
	d.Settings(t, false, hotkeyLines(key))
	d.Port.Script(Joins...)
	return d, StartShortcutPortal(t, d.Bus)
}

// waitCheck waits until the doctor's check of the hotkey says so.
func (d *Desktop) waitCheck(t *testing.T, level, part string) {
	t.Helper()
	Until(t, 10*time.Second, "the doctor says "+part, func() (bool, string) {
		is, text := d.HotkeyCheck(t)
		return is == level && strings.Contains(text, part), is + ": " + text
	})
}

// The portal reports the key: one reconnect for each press, however long it is held.
func TestDesktopHotkeyPortal(t *testing.T) {
	t.Parallel()
	d, portal := newWaylandDesktop(t, "Ctrl+Shift+PageUp")
	app := d.Start(t, "alt:V: Main menu")
	d.WaitHeld(t, app, "Ctrl+Shift+PageUp", 5*time.Second)
	who, bound := portal.Bound()
	if len(bound) != 1 || bound[0].More["preferred_trigger"].Value() != "CTRL+SHIFT+Page_Up" || bound[0].More["description"].Value() != "Reconnect now" || who != "altv-tray" {
		t.Errorf("%q has asked for %+v", who, bound)
	}
	d.waitCheck(t, "ok", "Press CTRL+SHIFT+Page_Up")
	portal.Press(t, 1)
	portal.Up(t)
	d.joined(t, d.sent(t, 1)[0])
	d.Until(t, app, 10*time.Second, "the client is in game while the key is held", func(said string) bool {
		portal.Press(t, 1) // again and again
		return strings.Count(said, "msg=reconnect_joined") == 2
	})
	portal.Press(t, 30)
	portal.Up(t)
	d.sent(t, 2)

	// A changed key is another shortcut, in a new session.
	d.Settings(t, false, hotkeyLines("Alt+R"))
	d.WaitHeld(t, app, "Alt+R", 5*time.Second)
	if _, now := portal.Bound(); len(now) != 2 || now[1].More["preferred_trigger"].Value() != "ALT+r" || now[1].ID == now[0].ID {
		t.Errorf("asked for %+v", now)
	}
	portal.Press(t, 1)
	portal.Up(t)
	d.joined(t, d.sent(t, 3)[2])

	// The desktop remembers it: the next start does not ask.
	portal.Keep()
	app.Signal(t, syscall.SIGTERM)
	app.Wait(t, AnswerLimit)
	app = d.Start(t, "alt:V: In game")
	d.WaitHeld(t, app, "Alt+R", 5*time.Second)
	if _, now := portal.Bound(); len(now) != 2 {
		t.Errorf("asked again: %+v", now)
	}
	portal.Press(t, 1)
	d.joined(t, d.sent(t, 4)[3])
	d.CheckNoPanic(t, app)
}

// The user refuses the key: the program says so, and does not ask again.
func TestDesktopHotkeyPortalRefused(t *testing.T) {
	t.Parallel()
	d, portal := newWaylandDesktop(t, "Ctrl+F9")
	portal.Ask(true)
	portal.Refuse(true)
	app := d.Start(t, "alt:V: Main menu")
	d.waitCheck(t, "warning", "The desktop asks")
	portal.Ask(false)
	d.waitCheck(t, "warning", "did not allow altv-tray to use Ctrl+F9")
	d.Panel.Wait(t, 5*time.Second, "the menu says so", func(s Sight) bool { _, ok := s.Find("Open settings · hotkey does not work"); return ok })
	d.Port.WaitPolls(t, 10)
	if _, bound := portal.Bound(); len(bound) != 1 {
		t.Errorf("asked %d times", len(bound))
	}
	portal.Refuse(false)
	d.Settings(t, false, hotkeyLines("Ctrl+F8"))
	d.WaitHeld(t, app, "Ctrl+F8", 5*time.Second)
	portal.EndSession(t)
	d.waitCheck(t, "warning", "did not allow altv-tray to use Ctrl+F8")
}

// Neither X11 nor a portal: the doctor says so, and what to do.
func TestDesktopHotkeyNoWay(t *testing.T) {
	t.Parallel()
	d := NewDesktop(t, "MAIN_MENU")
	d.Settings(t, false, hotkeyLines("Ctrl+F9"))
	d.Start(t, "alt:V: Main menu")
	d.waitCheck(t, "warning", "neither X11 nor the portal GlobalShortcuts")
}

// Wayland without a portal: the key works in X11 windows, and the doctor says that it
// works in no others.
func TestDesktopHotkeyXWayland(t *testing.T) {
	t.Parallel()
	d, screen, _, _ := newKeyDesktop(t, "Ctrl+F9")
	d.Env.Set("WAYLAND_DISPLAY", "wayland-0")
	app := d.Start(t, "alt:V: Main menu")
	d.WaitHeld(t, app, "Ctrl+F9", 5*time.Second)
	d.waitCheck(t, "warning", "only while an X11 program has the keyboard focus")
	screen.Press(t, "ctrl+F9")
	d.joined(t, d.sent(t, 1)[0])
}

// The portal ends, and starts again; then the bus does.
func TestDesktopFaultPortalGone(t *testing.T) {
	t.Parallel()
	d, portal := newWaylandDesktop(t, "Ctrl+F9")
	app := d.Start(t, "alt:V: Main menu")
	d.WaitHeld(t, app, "Ctrl+F9", 5*time.Second)
	d.ReconnectWorks(t)
	base := d.Baseline(t, app)
	for n, gone := range []func(){
		func() { portal.Close(t) },
		func() { d.Bus.Kill(t) },
	} {
		gone()
		d.Until(t, app, 5*time.Second, "it is noticed", func(said string) bool { return strings.Count(said, "why=hotkey_gone") == n+1 })
		base.Check(t)
		if n == 1 {
			d.Bus.Up(t)
			d.Panel = StartPanel(t, d.Bus)
			d.Notes = StartNotifications(t, d.Bus)
			d.Keyring = StartKeyring(t, d.Bus, d.Env)
			d.Panel.WaitForIcon(t, app, 10*time.Second)
		}
		portal = StartShortcutPortal(t, d.Bus)
		d.WaitHeld(t, app, "Ctrl+F9", 90*time.Second)
		portal.Press(t, 1)
		portal.Up(t)
		d.joined(t, d.sent(t, n+2)[n+1])
	}
	base.Recovered(t, "alt:V: In game")
}
