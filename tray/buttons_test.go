package tray

import (
	"context"
	"strings"
	"testing"
	"time"

	"altv-tray/monitor"
	"altv-tray/monitor/control"
	"altv-tray/monitor/simulator"
	"altv-tray/settings"
	"altv-tray/tray/action"
	"altv-tray/tray/view"
)

// tagged waits for the nth notice with that tag.
func (f *fixture) tagged(tag string, nth int) (found view.Notice) {
	f.t.Helper()
	eventually(f.t, "a notice with the tag "+tag, func() bool {
		seen := 0
		for _, n := range f.told.All() {
			if n.Tag == tag {
				if seen++; seen == nth {
					found = n
					return true
				}
			}
		}
		return false
	})
	return found
}

// pressing presses a button as Windows does, by its code over the port for
// commands.
func (f *fixture) pressing(code string) {
	f.t.Helper()
	c, err := control.Find(f.Paths.StateDir)
	if err == nil {
		err = c.Ask(context.Background(), control.Press, control.Request{Code: code}, nil)
	}
	if err != nil {
		f.t.Fatal(err)
	}
}

// A countdown is told with what calls it off, and taken away when it is over. Its
// code works once; another's button cannot harm the next one.
func TestCountdownIsCalledOffByItsButton(t *testing.T) {
	t.Parallel()
	w, f := startReady(t, "none", "[auto_reconnect]\ndelay = \"10m\"\non_launch = false\n")
	w.Server.Restart(0)
	n := f.tagged(view.CountdownTag, 1)
	if n.Title != "Reconnecting in 10 min" || n.Buttons[0].Label != "Cancel" || n.Buttons[1].Label != "Pause 1 hour" {
		t.Fatalf("%+v", n)
	}
	first := n.Buttons[0].Action
	codes := f.desktop.Codes.Issue(n, time.Hour)
	f.pressing("MADEUP")
	f.logged("button_not_in_force")
	f.pressing(codes[0])
	if away := f.tagged(view.CountdownTag, 2); !away.IsRemoval() {
		t.Errorf("%+v", away)
	}
	f.logged("msg=reconnect_cancelled reconnect=1 reason=cancelled")

	w.Server.Restart(0)
	n = f.tagged(view.CountdownTag, 3)
	f.pressing(codes[0])
	f.pressing(codes[1])
	f.App.click(first, "notification") // as a daemon might that shows the old notice still
	if s := f.monitor.Snapshot(); s.Reconnect.ID != 2 || s.Reconnect.Phase != monitor.Countdown || s.PausedUntil != 0 {
		t.Errorf("old buttons did something: %+v", s)
	}
	f.pressing(f.desktop.Codes.Issue(n, time.Hour)[1])
	if away := f.tagged(view.CountdownTag, 4); !away.IsRemoval() {
		t.Errorf("%+v", away)
	}
	if s := f.monitor.Snapshot(); s.Reconnect.Phase != monitor.NoJob || s.PausedUntil == 0 {
		t.Errorf("Pause 1 hour: %+v", s)
	}
	if log := f.log.String(); strings.Contains(log, codes[0]) || strings.Count(log, "by=notification") != 3 {
		t.Errorf("the log:\n%s", log)
	}
}

// A countdown that runs out, or that somebody asks to skip, is taken away as soon
// as the request leaves.
func TestCountdownIsTakenAwayWhenItIsSent(t *testing.T) {
	t.Parallel()
	w, f := startReady(t, "none", "[auto_reconnect]\ndelay = \"300ms\"\non_launch = false\n")
	w.Server.Restart(0)
	f.tagged(view.CountdownTag, 1)
	if away := f.tagged(view.CountdownTag, 2); !away.IsRemoval() {
		t.Errorf("%+v", away)
	}
	f.notice("Back in game")
}

func TestReadyOffersAReconnectWhileNothingHappensByItself(t *testing.T) {
	t.Parallel()
	w, f := startReady(t, "none", manual)
	if err := w.Client.SetStatus("LOADING"); err != nil {
		t.Fatal(err)
	}
	f.panel.label(row("state"), "alt:V: Loading")
	if err := w.Client.SetStatus("MAIN_MENU"); err != nil {
		t.Fatal(err)
	}
	f.notice("alt:V is in the main menu")
	for _, n := range f.told.All() {
		if n.Buttons != [2]view.Button{{Label: "Reconnect now", Action: action.Reconnect{}}} {
			t.Errorf("%+v", n)
		}
		f.App.click(n.Buttons[0].Action, "notification")
	}
	f.notice("Back in game")
}

func TestFirstStartOffersTheDashboard(t *testing.T) {
	t.Parallel()
	w := startWorld(t, simulator.Options{})
	f := newFixture(t, w, settingsText(w, "none", manual), func(o *Options) { o.FirstStart = true }).run()
	if body := f.notice("altv-tray is here"); !strings.Contains(body, "Open dashboard in its menu") {
		t.Errorf("%q", body)
	}
	for _, n := range f.told.All() {
		if n.Buttons[0].Label != "Open dashboard" {
			t.Errorf("%+v", n)
		}
		f.App.click(n.Buttons[0].Action, "notification")
	}
	select {
	case url := <-f.opened:
		if !strings.HasPrefix(url, "http://127.0.0.1:") {
			t.Errorf("opened %q", url)
		}
	case <-time.After(patience):
		t.Fatal("no dashboard is opened")
	}
}

// A button stores the password that the notice says is missing.
func TestMissingPasswordIsTakenByAButton(t *testing.T) {
	t.Parallel()
	w := startWorld(t, simulator.Options{})
	inMenu(t, w)
	folder := t.TempDir()
	f := newFixture(t, w, settingsText(w, "keyring", manual)+"folder = '"+folder+"'\n")
	f.write(folder+"/server.toml", "password = \"geheim\"\n")
	f.run()
	f.panel.label(row("state"), "alt:V: Main menu")
	f.doer.Do(action.Reconnect{}, "menu")
	if body := f.notice("Not reconnected"); !strings.Contains(body, "Server password › Take from server.toml") {
		t.Errorf("%q", body)
	}
	for _, n := range f.told.All() {
		if n.Title == "Not reconnected" {
			if n.Buttons[0].Action != (action.TakePassword{}) {
				t.Errorf("%+v", n)
			}
			f.App.click(n.Buttons[0].Action, "notification")
		}
	}
	f.notice("Password stored")
	if text, err := f.keys.Get(t.Context(), settings.Default().Profile); err != nil || text != "geheim" {
		t.Errorf("%q, %v", text, err)
	}
}
