package tray

import (
	"testing"

	"altv-tray/monitor"
	"altv-tray/monitor/debugport"
	"altv-tray/monitor/simulator"
	"altv-tray/settings"
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
		"another password there":           {facts{passwordDiffers: true}, rowPassword, row{label: "Server password · differs from server.toml", enabled: true}},
		"another server":                   {facts{wrongServer: "play.example:7788"}, rowServer, row{label: "Server: unknown · alt:V will go to play.example:7788"}},
		"starts at login":                  {facts{autostart: true}, rowAutostart, row{label: "Start at login", enabled: true, checked: true}},
		"a failed one":                     {facts{reconnected: true}, rowLast, row{label: "Last reconnect failed"}},
	} {
		v, _ := render(scene{snap: absent, set: &set, text: english, facts: c.facts}, 0)
		if v.rows[c.id] != c.want {
			t.Errorf("%s: %+v, want %+v", name, v.rows[c.id], c.want)
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
