package tray

import (
	"os"
	"strings"
	"testing"

	"altv-tray/monitor/simulator"
	"altv-tray/tray/action"
	"altv-tray/tray/view"
)

func read(t *testing.T, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestAutomaticChangesOneWordOfTheFile(t *testing.T) {
	t.Parallel()
	w := startWorld(t, simulator.Options{})
	text := settingsText(w, "none", "\n# how\n[auto_reconnect] # all of it\n  enabled = true   # by itself\n")
	f := newFixture(t, w, text).run()
	f.panel.until("a checkmark", func(v view.View) bool { return v.Rows[row("automatic")].Checked })
	off := strings.Replace(text, "enabled = true ", "enabled = false ", 1)
	for _, want := range []string{off, text, off} {
		f.click(row("automatic"))
		f.panel.until("the checkmark changed", func(v view.View) bool { return v.Rows[row("automatic")].Checked == (want == text) })
		if got := read(t, f.Store.File()); got != want {
			t.Fatalf("the file is\n%s\nwant\n%s", got, want)
		}
		eventually(t, "the monitor knows", func() bool { return f.monitor.Snapshot().Auto == (want == text) })
	}
}

func TestAutomaticOfABrokenFileIsTold(t *testing.T) {
	t.Parallel()
	w := startWorld(t, simulator.Options{})
	const broken = "language = \"xx\"\n"
	f := newFixture(t, w, broken).run()
	f.notice("The settings are not in force")
	f.click(row("automatic"))
	if body := f.notice("The settings were not changed"); !strings.Contains(body, ":1: language:") {
		t.Error(body)
	}
	if got := read(t, f.Store.File()); got != broken {
		t.Errorf("the file is %q", got)
	}
}

func TestEditTakesEffect(t *testing.T) {
	t.Parallel()
	w := startWorld(t, simulator.Options{})
	other := startWorld(t, simulator.Options{})
	inMenu(t, w)
	inMenu(t, other)
	if err := other.Client.SetStatus("ERROR"); err != nil {
		t.Fatal(err)
	}
	f := newFixture(t, w, settingsText(w, "none", manual)).run()
	f.panel.label(row("state"), "alt:V: Main menu")
	f.write(f.Store.File(), settingsText(other, "none", ""))
	f.panel.label(row("state"), "alt:V: Error")
	f.panel.until("the other settings", func(v view.View) bool { return v.Rows[row("automatic")].Checked })
	f.logged("msg=settings_changed profile=default automatic=true")
	if n := len(w.Client.Posts()) + len(other.Client.Posts()); n != 0 {
		t.Errorf("%d requests", n)
	}
}

func TestBrokenSettingsAreToldOnceAndChangeNothing(t *testing.T) {
	t.Parallel()
	w := startWorld(t, simulator.Options{})
	inMenu(t, w)
	sound := settingsText(w, "none", manual)
	f := newFixture(t, w, sound).run()
	f.panel.label(row("state"), "alt:V: Main menu")
	file := f.Store.File()
	told := func() int { return strings.Count(f.log.String(), "msg=settings_not_in_force") }
	for i, broken := range []string{sound + "[[[", "[auto_reconnect]\nattempts = 0\n", "no_such_key = 1\n"} {
		f.write(file, broken)
		eventually(t, "it is told", func() bool { return told() == i+1 })
		// The same again, as an editor that saves twice does.
		f.write(file, broken)
		if got := read(t, file); got != broken {
			t.Errorf("the file was changed to %q", got)
		}
	}
	for _, want := range []string{"settings.toml:2: auto_reconnect.attempts: must be 1 to 100, is 0", "settings.toml:1: no_such_key:"} {
		if !strings.Contains(f.said.String(), want) {
			t.Errorf("not said: %s; but\n%s", want, f.said)
		}
	}
	if v := f.panel.view(); !strings.HasPrefix(v.Rows[row("state")].Label, "alt:V: Main menu") || v.Rows[row("automatic")].Checked {
		t.Errorf("other settings are in force: %+v", v)
	}
	// Mended, with a change that can be seen.
	f.write(file, settingsText(w, "none", ""))
	f.panel.until("mended", func(v view.View) bool { return v.Rows[row("automatic")].Checked })
	f.notice("The settings are not in force")
	if n := told(); n != 3 {
		t.Errorf("told %d times of 3 mistakes:\n%s", n, f.log)
	}
}

func TestBrokenSettingsAtTheStartAreToldOnce(t *testing.T) {
	t.Parallel()
	w := startWorld(t, simulator.Options{})
	f := newFixture(t, w, "x = ").run()
	f.notice("The settings are not in force")
	f.click(row("quit"))
	f.end()
	if n := strings.Count(f.said.String(), "settings.toml:1"); n != 1 {
		t.Errorf("said %d times:\n%s", n, f.said)
	}
}

func TestNotificationsCanBeTurnedOff(t *testing.T) {
	t.Parallel()
	w := startWorld(t, simulator.Options{})
	inMenu(t, w)
	f := newFixture(t, w, settingsText(w, "none", manual+"[notifications]\nready = false\njoined = false\ndropped = false\nfailed = false\n")).run()
	f.panel.label(row("state"), "alt:V: Main menu")
	f.click(row("reconnect"))
	f.logged("msg=reconnect_joined")
	f.click(row("password_clear"))
	f.notice("Password removed") // what was clicked for comes all the same, and after the others
	if got := f.told.Titles(); len(got) != 1 {
		t.Errorf("told %v", got)
	}
}

// However fast the clicks come, the last one counts.
func TestSettingsChangeInOrder(t *testing.T) {
	t.Parallel()
	w := startWorld(t, simulator.Options{})
	f := newFixture(t, w, settingsText(w, "none", manual)).run()
	for n := range 40 {
		on := n%2 == 0
		if done := f.doer.Do(action.Automatic{On: on}, "menu").Done; n > 30 {
			if a, ok := <-done; !ok || a.Failed || f.Store.Current().AutoReconnect.Enabled != on {
				t.Fatalf("after click %d: %+v, %v", n, a, f.Store.Current().AutoReconnect)
			}
		}
	}
}
