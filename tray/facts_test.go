package tray

import (
	"strings"
	"testing"

	"altv-tray/monitor"
	"altv-tray/monitor/debugport"
	"altv-tray/monitor/simulator"
	"altv-tray/settings"
	"altv-tray/tray/lang"
)

func TestRowsOfFacts(t *testing.T) {
	set := settings.Default()
	absent := monitor.Snapshot{Client: debugport.Reading{Outcome: debugport.NotRunning}}
	for name, c := range map[string]struct {
		facts facts
		id    rowID
		want  row
	}{
		"nothing known: not to be started": {facts{}, rowStart, row{label: "Start alt:V"}},
		"found":                            {facts{canStart: true}, rowStart, row{label: "Start alt:V", enabled: true}},
		"it runs without debug mode":       {facts{canStart: true, debugOff: true}, rowStart, row{label: "Start alt:V"}},
		"debug mode unset":                 {facts{debugUnset: true}, rowDebugOn, row{label: "Switch debug mode on", enabled: true}},
		"debug mode set":                   {facts{}, rowDebugOn, row{label: "Switch debug mode on"}},
		"state without debug mode":         {facts{debugOff: true}, rowState, row{label: "alt:V: Running, debug mode is off"}},
		"a password in server.toml":        {facts{serverPassword: true}, rowPasswordTake, row{label: "Take from server.toml", enabled: true}},
		"another password there":           {facts{password: passwordDiffers}, rowPasswordKept, row{label: "The stored one differs from server.toml"}},
		"a password":                       {facts{password: passwordStored}, rowPasswordKept, row{label: "One is stored"}},
		"none stored, none known":          {facts{password: passwordMissing}, rowPasswordKept, row{label: "None is stored, none is sent"}},
		"none stored, but there is one":    {facts{password: passwordMissing, serverPassword: true}, rowPasswordKept, row{label: "None is stored, server.toml has one"}},
		"nothing read yet":                 {facts{}, rowPasswordKept, row{label: "Not checked yet"}},
		"another server":                   {facts{wrongServer: "play.example:7788"}, rowServer, row{label: "Server: unknown · alt:V will go to play.example:7788"}},
		"starts at login":                  {facts{autostart: true}, rowAutostart, row{label: "Start at login", enabled: true, checked: true}},
		"no server there":                  {facts{noServerFile: true}, rowServer, row{label: "Server: unknown · no server.toml in its folder"}},
		"a failed one":                     {facts{reconnected: true}, rowLast, row{label: "Last reconnect failed"}},
		"and why":                          {facts{reconnected: true, why: monitor.JoinTimeout}, rowLast, row{label: "Last reconnect failed: it took too long"}},
		"no password to clear":             {facts{password: passwordMissing}, rowPasswordClear, row{label: "Clear"}},
		"settings not in force":            {facts{settingsBroken: true}, rowSettings, row{label: "Open settings · not in force", enabled: true}},
	} {
		v, _ := render(scene{snap: absent, set: &set, text: english, facts: c.facts}, 0)
		if v.rows[c.id] != c.want {
			t.Errorf("%s: %+v, want %+v", name, v.rows[c.id], c.want)
		}
	}
}

func TestWhyTheLastOneFailedFitsTheMenu(t *testing.T) {
	set := settings.Default()
	for _, tag := range lang.Tags {
		for _, r := range reasons() {
			if r == monitor.NoReason || r == monitor.ByUser || r == monitor.TurnedOff {
				continue // no reconnect fails for these
			}
			v, _ := render(scene{set: &set, text: lang.New(tag), facts: facts{reconnected: true, why: r}}, 0)
			if label := v.rows[rowLast].label; len([]rune(label)) > 62 || strings.Contains(label, "why.") || strings.Contains(label, "{") {
				t.Errorf("%s, %v: %q has %d characters", tag, r, label, len([]rune(label)))
			}
		}
	}
}

// Reconnects that end the same way within a minute are each told.
func TestEachReconnectsEndIsTold(t *testing.T) {
	t.Parallel()
	w := startWorld(t, simulator.Options{})
	inMenu(t, w)
	f := newFixture(t, w, settingsText(w, "none", "")).run()
	f.panel.label(rowState, "alt:V: Main menu")
	f.panel.until("the server is ready", func(v view) bool { return v.rows[rowServer].label == "Server: ready" })
	told := func() (n int) {
		for _, title := range f.told.titles() {
			if title == "Back in game" {
				n++
			}
		}
		return n
	}
	for want := 1; want <= 3; want++ {
		w.Server.Restart(0)
		eventually(t, "it is told", func() bool { return told() == want })
	}
}
