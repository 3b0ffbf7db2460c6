package tray

import (
	"testing"

	"altv-tray/assets"
	"altv-tray/monitor/simulator"
	"altv-tray/tray/view"
)

// What failed stays on the icon when its notification is long gone: until somebody
// clicks something, or a reconnect succeeds.
func TestFailureStaysUntilAClick(t *testing.T) {
	t.Parallel()
	w := startWorld(t, simulator.Options{})
	inMenu(t, w)
	f := newFixture(t, w, "")
	server := f.serverFolder("password = \"one\"\ndebug = true\n")
	f.run().panel.label(row("state"), "alt:V: Main menu")
	fails := func() {
		t.Helper()
		f.click(row("reconnect"))
		f.panel.until("the failure", func(v view.View) bool {
			return v.Overlay == assets.Failed && v.Rows[row("last")].Label == "Last reconnect failed: no password is stored"
		})
	}
	fails()
	f.click(row("logs"))
	<-f.opened
	f.panel.until("it was seen", func(v view.View) bool { return v.Overlay != assets.Failed && v.Rows[row("last")].Label == "" })
	fails()
	f.write(server, "debug = true\n")
	f.surroundings.Refresh()
	f.panel.until("no password is wanted", func(v view.View) bool { return !v.Rows[row("password_take")].Enabled })
	f.monitor.Reconnect() // by a command
	f.panel.until("joined", func(v view.View) bool { return v.Icon == assets.InGame && v.Overlay != assets.Failed })
}
