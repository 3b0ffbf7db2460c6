package tray

import (
	"context"
	"errors"
	"testing"

	"altv-tray/assets"
	"altv-tray/monitor"
	"altv-tray/monitor/simulator"
	"altv-tray/settings"
)

func TestThePanelFollowsTheTheme(t *testing.T) {
	t.Parallel()
	w := startWorld(t, simulator.Options{})
	f := newFixture(t, w, settingsText(w, "none", manual))
	themes := make(chan assets.Theme)
	f.watchTheme = func(ctx context.Context, changed func(assets.Theme)) error {
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
	f.panel.until("the first theme", func(v view) bool { return v.theme == assets.Dark })
	themes <- assets.Light
	f.panel.until("the theme changed to", func(v view) bool { return v.theme == assets.Light })
	// What else changes leaves it alone.
	f.panel.label(rowState, "alt:V: Main menu")
	if theme := f.panel.view().theme; theme != assets.Light {
		t.Errorf("the theme is %v again", theme)
	}
}

func TestAThemeThatCannotBeFollowedIsLogged(t *testing.T) {
	t.Parallel()
	w := startWorld(t, simulator.Options{})
	f := newFixture(t, w, settingsText(w, "none", manual))
	f.watchTheme = func(_ context.Context, changed func(assets.Theme)) error {
		changed(assets.Dark)
		return errors.New("no such key")
	}
	f.run()
	f.logged("theme_not_followed")
	f.panel.until("the theme that was told", func(v view) bool { return v.theme == assets.Dark })
}

func TestOverlay(t *testing.T) {
	t.Parallel()
	phases := []monitor.Phase{monitor.Waiting, monitor.Countdown, monitor.Backoff, monitor.Posting, monitor.Leaving, monitor.Joining}
	for _, c := range []struct {
		name     string
		paused   monitor.Time
		byItself bool
		plain    assets.Overlay // with no reconnect
	}{
		{"automatic", 0, true, assets.None},
		{"automatic off", 0, false, assets.AutomaticOff},
		{"paused", 5, true, assets.Paused},
		{"paused for good", never, true, assets.Paused},
		{"paused and off", 5, false, assets.Paused},
	} {
		var set settings.Settings
		set.AutoReconnect.Enabled = c.byItself
		snap := monitor.Snapshot{PausedUntil: c.paused}
		if v, _ := renderEnglish(snap, set, "", 0); v.overlay != c.plain {
			t.Errorf("%s: %v, want %v", c.name, v.overlay, c.plain)
		}
		for _, phase := range phases {
			snap.Reconnect.Phase = phase
			if v, _ := renderEnglish(snap, set, "", 0); v.overlay != assets.Pending {
				t.Errorf("%s, reconnecting (%v): %v, want pending", c.name, phase, v.overlay)
			}
		}
	}
}
