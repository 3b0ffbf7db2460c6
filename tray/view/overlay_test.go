package view

import (
	"testing"

	"altv-tray/assets"
	"altv-tray/monitor"
	"altv-tray/settings"
)

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
		if v, _ := renderEnglish(snap, set, "", 0); v.Overlay != c.plain {
			t.Errorf("%s: %v, want %v", c.name, v.Overlay, c.plain)
		}
		for _, phase := range phases {
			snap.Reconnect.Phase = phase
			if v, _ := renderEnglish(snap, set, "", 0); v.Overlay != assets.Pending {
				t.Errorf("%s, reconnecting (%v): %v, want pending", c.name, phase, v.Overlay)
			}
		}
	}
}
