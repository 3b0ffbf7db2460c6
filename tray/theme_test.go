package tray

import (
	"context"
	"errors"
	"testing"

	"altv-tray/assets"
	"altv-tray/monitor/simulator"
	"altv-tray/tray/view"
)

func TestThePanelFollowsTheTheme(t *testing.T) {
	t.Parallel()
	w := startWorld(t, simulator.Options{})
	f := newFixture(t, w, settingsText(w, "none", manual))
	themes := make(chan assets.Theme)
	f.screen.WatchTheme = func(ctx context.Context, changed func(assets.Theme)) error {
		changed(assets.Dark)
		for {
			select {
			case theme := <-themes:
				changed(theme)
			case <-ctx.Done():
				return nil
			}
		}
	}
	f.run()
	f.panel.until("the first theme", func(v view.View) bool { return v.Theme == assets.Dark })
	themes <- assets.Light
	f.panel.until("the theme changed to", func(v view.View) bool { return v.Theme == assets.Light })
	// What else changes leaves it alone.
	f.panel.label(row("state"), "alt:V: Main menu")
	if theme := f.panel.view().Theme; theme != assets.Light {
		t.Errorf("the theme is %v again", theme)
	}
}

func TestAThemeThatCannotBeFollowedIsLogged(t *testing.T) {
	t.Parallel()
	w := startWorld(t, simulator.Options{})
	f := newFixture(t, w, settingsText(w, "none", manual))
	f.screen.WatchTheme = func(_ context.Context, changed func(assets.Theme)) error {
		changed(assets.Dark)
		return errors.New("no such key")
	}
	f.run()
	f.logged("theme_not_followed")
	f.panel.until("the theme that was told", func(v view.View) bool { return v.Theme == assets.Dark })
}
