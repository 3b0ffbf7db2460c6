package view

import (
	"slices"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"altv-tray/monitor"
	"altv-tray/monitor/debugport"
	"altv-tray/settings"
	"altv-tray/tray/action"
	"altv-tray/tray/lang"
)

// The READMEs name the labels, and other people's scripts rely on their order. A row without a
// label is hidden in this scene: TestRowsOfFacts and TestPauseRows show it.
func TestMenuSaysWhatIsPromised(t *testing.T) {
	const on, off, ticked = true, false, true
	want := []struct {
		name    string
		label   string
		enabled bool
		checked bool
	}{
		{"state", "alt:V: In game · 12 min", off, false},
		{"server", "Server: ready", off, false},
		{"last", "", off, false},
		{"reconnect", "Reconnect now", on, false},
		{"automatic", "Automatic reconnect", on, ticked},
		{"pause", "Pause", on, false},
		{"pause_15", "For 15 minutes", on, false},
		{"pause_60", "For 1 hour", on, false},
		{"pause_forever", "Until resumed", on, false},
		{"resume", "", off, false},
		{"profile", "Profile", on, false},
		{"server_folder", "", off, false},
		{"password", "Server password", on, false},
		{"password_set", "Set…", on, false},
		{"password_take", "Take from server.toml", off, false},
		{"password_clear", "Clear", on, false},
		{"password_kept", "", off, false},
		{"notifications", "Notifications", on, false},
		{"notify_ready", "Main menu reached", on, ticked},
		{"notify_joined", "Back in game", on, ticked},
		{"notify_dropped", "Server went down", on, ticked},
		{"notify_failed", "Reconnect failed", on, ticked},
		{"start", "Start alt:V", off, false},
		{"debug_on", "", off, false},
		{"autostart", "Start at login", on, false},
		{"dashboard", "Open dashboard", on, false},
		{"settings", "Open settings", on, false},
		{"logs", "Open log folder", on, false},
		{"checks", "Run checks", on, false},
		{"about", "About altv-tray 1.0.0", on, false},
		{"quit", "Quit", on, false},
	}
	var rows []string
	for _, w := range want {
		rows = append(rows, w.name)
	}
	if got := names(); !slices.Equal(got, rows) {
		t.Fatalf("rows that are there and not wanted, or the other way round (-want +got):\n%s", cmp.Diff(rows, got))
	}
	set := settings.Default()
	scene := Scene{Snap: monitor.Snapshot{Client: known(debugport.InGame), Server: monitor.ServerReady}, Settings: &set, Version: "1.0.0", Text: english}
	for _, scene.System = range []string{"windows", "linux"} {
		v, _ := Render(&scene, 12*time.Minute+30*time.Second)
		for i, w := range want {
			if w.name == "start" && scene.System == "linux" {
				w.label = ""
			}
			if got := bare(v.Rows[i]); got != (Row{Label: w.label, Enabled: w.enabled, Checked: w.checked}) {
				t.Errorf("%s: row %s is %+v, want %+v", scene.System, w.name, got, w)
			}
		}
		// Settings without profiles of their own still have the default one.
		if v.Rows[Profile(0)].Label != "default" || v.Rows[Profile(1)].Label != "" {
			t.Errorf("the profiles are %q and %q", v.Rows[Profile(0)].Label, v.Rows[Profile(1)].Label)
		}
	}
}

// names are the table's rows.
func names() (all []string) {
	for _, e := range menu {
		all = append(all, e.name)
	}
	return all
}

func TestMenuHasEachRowOnce(t *testing.T) {
	seen := map[string]bool{"": true}
	for _, e := range menu {
		if seen[e.name] {
			t.Errorf("row %q comes twice", e.name)
		}
		if !seen[e.parent] {
			t.Errorf("row %q comes before its parent %q", e.name, e.parent)
		}
		if e.action == nil && !e.submenu && e.enabled != nil {
			t.Errorf("row %q has a rule for when it can be clicked, and no action", e.name)
		}
		seen[e.name] = true
	}
}

// No two rows of one submenu have the same letter, even if they are never there together.
func TestMnemonicsAreToldApart(t *testing.T) {
	for _, tag := range lang.Tags {
		text, owner := lang.New(tag), map[[2]string]string{}
		for _, e := range menu {
			if e.action == nil && !e.submenu {
				continue
			}
			letter := text.T("mnemonic." + e.name)
			if utf8.RuneCountInString(letter) != 1 {
				t.Errorf("%s: %s has the letter %q", tag, e.name, letter)
			}
			key := [2]string{e.parent, letter}
			if other := owner[key]; other != "" {
				t.Errorf("%s: %s chooses %s and %s", tag, letter, other, e.name)
			}
			owner[key] = e.name
		}
		if len(owner) < 24 {
			t.Errorf("%s: only %d rows were looked at", tag, len(owner))
		}
	}
}

func TestMnemonicsAreOnWindows(t *testing.T) {
	set := settings.Default()
	cancel := monitor.Snapshot{Reconnect: monitor.Reconnect{ID: 1, Phase: monitor.Waiting}, PausedUntil: monitor.Forever}
	for _, snap := range []monitor.Snapshot{{}, cancel} {
		for _, system := range []string{"windows", "linux"} {
			v, _ := Render(&Scene{Snap: snap, Settings: &set, Text: english, System: system}, 0)
			for i, e := range menu {
				want := ""
				if system == "windows" && v.Rows[i].Label != "" && (e.action != nil || e.submenu) {
					want = english.T("mnemonic." + e.name)
				}
				if got := v.Rows[i].Mnemonic; got != want {
					t.Errorf("on %s %s has the letter %q, want %q", system, e.name, got, want)
				}
			}
		}
	}
}

// One of Pause and Resume is there, in one place.
func TestPauseRows(t *testing.T) {
	for until, left := range map[monitor.Time]string{
		0:                               "",
		monitor.Forever:                 "Paused",
		renderedAt + 15*time.Minute:     "Paused (15 min left)",
		renderedAt + 14*time.Minute + 1: "Paused (15 min left)",
		renderedAt + time.Hour:          "Paused (1 h left)",
		renderedAt + 61*time.Minute:     "Paused (1 h 1 min left)",
		renderedAt + 1:                  "Paused (1 min left)",
	} {
		v, _ := renderEnglish(monitor.Snapshot{PausedUntil: until}, settings.Default(), "", renderedAt)
		pause, resume := Row{Label: "Pause", Enabled: true}, Row{Label: "Resume", Enabled: true, Action: action.Resume{}}
		tip := "alt:V: Looking…\nServer: unknown"
		if until == 0 {
			resume = Row{}
		} else {
			pause, tip = Row{}, tip+"\n"+left
		}
		if got := v.Rows[ID("pause")]; got != pause {
			t.Errorf("paused until %v: %+v, want %+v", until, got, pause)
		}
		if got := v.Rows[ID("resume")]; got != resume {
			t.Errorf("paused until %v: %+v, want %+v", until, got, resume)
		}
		if v.Tooltip != tip {
			t.Errorf("paused until %v: tooltip %q, want %q", until, v.Tooltip, tip)
		}
	}
}

// A click switches what the row's tick shows, and another click switches it back.
func TestNotifyRowsSwitchWhatTheyShow(t *testing.T) {
	set := settings.Default()
	rows := 0
	for i, e := range menu {
		if e.parent != "notifications" {
			continue
		}
		rows++
		for range 2 {
			before, _ := Render(&Scene{Settings: &set, Text: english}, 0)
			click := before.Rows[i].Action.(action.Notify)
			if click.On == before.Rows[i].Checked {
				t.Errorf("%s is ticked: %t, and a click asks for %+v", e.name, before.Rows[i].Checked, click)
			}
			*set.Notifications.Switches()[click.Key] = click.On
			after, _ := Render(&Scene{Settings: &set, Text: english}, 0)
			for j := range menu {
				if changed := before.Rows[j].Checked != after.Rows[j].Checked; changed != (i == j) {
					t.Errorf("a click on %s changes the tick of %s: %t", e.name, menu[j].name, changed)
				}
			}
		}
	}
	if all := len(set.Notifications.Switches()); rows != all {
		t.Errorf("%d rows for %d settings", rows, all)
	}
}
