package tray

import (
	"sync/atomic"
	"testing"

	"altv-tray/assets"
	"altv-tray/monitor/simulator"
	"altv-tray/tray/view"
)

func TestThePanelFollowsTheTheme(t *testing.T) {
	t.Parallel()
	w := startWorld(t, simulator.Options{})
	f := newFixture(t, w, settingsText(w, "none", manual))
	var theme atomic.Uint32
	theme.Store(uint32(assets.Dark))
	f.screen.Theme = func() assets.Theme { return assets.Theme(theme.Load()) }
	f.run()
	f.panel.until("the first theme", func(v view.View) bool { return v.Theme == assets.Dark })
	theme.Store(uint32(assets.Light))
	f.panel.until("the theme changed to", func(v view.View) bool { return v.Theme == assets.Light })
	// What else changes leaves it alone.
	f.panel.label(row("state"), "alt:V: Main menu")
	if theme := f.panel.view().Theme; theme != assets.Light {
		t.Errorf("the theme is %v again", theme)
	}
}
