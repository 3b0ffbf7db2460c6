package tray

import (
	"errors"
	"testing"

	"altv-tray/monitor/simulator"
	"altv-tray/tray/view"
)

// A panel that breaks takes only the icon with it.
func TestBrokenPanel(t *testing.T) {
	t.Parallel()
	w := startWorld(t, simulator.Options{})
	inMenu(t, w)
	f := newFixture(t, w, settingsText(w, "none", manual))
	f.panel.broken = errors.New("the bus is gone")
	f.run()
	f.panel.label(row("state"), "alt:V: Main menu")
	f.panel.Quit()
	f.logged("msg=panel_broke")
	f.logged("the bus is gone")
	f.Monitor().Reconnect()
	f.logged("msg=reconnect_joined")
}

// The menu is in the new language as soon as the settings say so.
func TestLanguageChange(t *testing.T) {
	t.Parallel()
	w := startWorld(t, simulator.Options{})
	inMenu(t, w)
	f := newFixture(t, w, "language = \"en\"\n"+settingsText(w, "none", manual)).run()
	f.panel.label(row("quit"), "Quit")
	for range 5 {
		if err := f.Store.Set("language", "de"); err != nil {
			t.Fatal(err)
		}
		f.panel.until("German", func(v view.View) bool { return v.Rows[row("quit")].Label != "Quit" })
		if err := f.Store.Set("language", "en"); err != nil {
			t.Fatal(err)
		}
		f.panel.label(row("quit"), "Quit")
	}
}
