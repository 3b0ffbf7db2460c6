//go:build linux

package desktoptest

import (
	"strings"
	"testing"
	"time"
)

// wellShown checks that the panel shows one complete item.
func wellShown(t testing.TB, d *Desktop, client string) {
	t.Helper()
	// The rows may be read between the menu's change and the tooltip's.
	sight := d.Panel.Wait(t, 5*time.Second, "icon, tooltip and menu of "+client, func(s Sight) bool {
		state, _ := s.State()
		return strings.HasPrefix(state, client) && strings.HasPrefix(s.ToolTip, client) && s.ID == "altv-tray" && len(s.Icon.Pixels) > 0
	})
	if !sight.Shows("Reconnect now") || !sight.Shows("Quit") || !sight.Shows("Server password", "Clear") {
		t.Errorf("the menu is not whole: %v", sight)
	}
	if problems := d.Panel.Problems(); len(problems) > 0 {
		t.Error(problems)
	}
}

// The panel crashes and comes back, more than once, and the icon with it, with the
// client's current state.
func TestDesktopFaultPanelCrashes(t *testing.T) {
	t.Parallel()
	d := NewDesktop(t, "MAIN_MENU")
	app := d.Start(t, "alt:V: Main menu")
	d.ReconnectWorks(t)
	base := d.Baseline(t, app)
	for range 5 {
		d.Panel.Close(t)
		d.Panel = nil
		d.Port.Set("MAIN_MENU")
		d.Port.WaitPolls(t, 1)
		before := len(d.Port.Reconnects())
		if result := d.Env.Run(t, "", d.Program, "reconnect", "--wait", "--timeout", "10s"); result.Code != 0 {
			t.Errorf("altv-tray reconnect without a panel: %v", result)
		}
		d.Port.WaitReconnects(t, before+1, time.Second)
		d.Answers(t)
		d.Panel = StartPanel(t, d.Bus)
		d.Panel.WaitForIcon(t, app, AnswerLimit)
		wellShown(t, d, "alt:V: In game")
		d.ReconnectWorks(t)
		d.Answers(t)
	}
	if printed := app.Stderr(); printed != "" {
		t.Errorf("printed %q", printed)
	}
	base.Recovered(t, "alt:V: In game")
}

// A second panel takes over from the first one; when it ends, the first one has the icon
// again. There is one icon at all times.
func TestDesktopFaultTwoPanels(t *testing.T) {
	t.Parallel()
	d := NewDesktop(t, "MAIN_MENU")
	first := d.Panel
	app := d.Start(t, "alt:V: Main menu")
	d.ReconnectWorks(t)
	d.Port.Set("MAIN_MENU")
	wellShown(t, d, "alt:V: Main menu")
	base := d.Baseline(t, app)
	for range 5 {
		registered, _ := first.Registered()
		d.Panel = TakeOverPanel(t, d.Bus)
		d.Panel.WaitForIcon(t, app, AnswerLimit)
		wellShown(t, d, "alt:V: Main menu")
		d.Answers(t)
		if n := d.Panel.Registrations(); n != 1 {
			t.Errorf("%d registrations with the second panel", n)
		}
		if again, _ := first.Registered(); again != registered {
			t.Error("registered with the first panel anew while the second had taken over")
		}
		d.Panel.Close(t)
		d.Panel = first
		Until(t, AnswerLimit, "registered with the first panel again", func() (bool, string) {
			again, ok := first.Registered()
			return ok && again != registered, again.String()
		})
		wellShown(t, d, "alt:V: Main menu")
	}
	if n := first.Registrations(); n != 6 {
		t.Errorf("%d registrations with the first panel, want one at the start and one for each return", n)
	}
	if items := d.Bus.Names(t, "org.kde.StatusNotifierItem-"); len(items) != 1 {
		t.Errorf("items on the bus: %q", items)
	}
	d.ReconnectWorks(t)
	base.Recovered(t, "alt:V: In game")
}

// A panel that accepts the item's registration and never answers delays nothing.
func TestDesktopFaultPanelHangs(t *testing.T) {
	t.Parallel()
	d := NewDesktop(t, "MAIN_MENU")
	d.Panel.Hang(true)
	app := d.Env.Start(t, "", d.Program)
	d.Port.WaitPolls(t, 2)
	d.Port.Script(Joins...)
	if result := d.Env.Run(t, "", d.Program, "reconnect", "--wait", "--timeout", "10s"); result.Code != 0 {
		t.Errorf("altv-tray reconnect beside a panel that hangs: %v", result)
	}
	d.Answers(t)
	base := d.Baseline(t, app)
	base.Check(t)
	d.Panel.Hang(false)
	wellShown(t, d, "alt:V: In game")
	d.ReconnectWorks(t)
	base.Recovered(t, "alt:V: In game")
}
