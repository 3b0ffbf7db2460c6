package tray

import (
	"testing"

	"altv-tray/monitor/simulator"
	"altv-tray/tray/view"
)

// Reconnects that end the same way within a minute are each told.
func TestEachReconnectsEndIsTold(t *testing.T) {
	t.Parallel()
	w := startWorld(t, simulator.Options{})
	inMenu(t, w)
	f := newFixture(t, w, settingsText(w, "none", "")).run()
	f.panel.label(row("state"), "alt:V: Main menu")
	f.panel.until("the server is ready", func(v view.View) bool { return v.Rows[row("server")].Label == "Server: ready" })
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
