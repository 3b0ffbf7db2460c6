package view

import (
	"testing"

	"altv-tray/assets"
	"altv-tray/monitor"
	"altv-tray/monitor/debugport"
	"altv-tray/settings"
)

func TestOverlay(t *testing.T) {
	t.Parallel()
	phases := []monitor.Phase{monitor.Waiting, monitor.Countdown, monitor.Backoff, monitor.Posting, monitor.Leaving, monitor.Joining}
	down := monitor.Snapshot{Client: known(debugport.InGame), Server: monitor.ServerDown}
	ready := monitor.Snapshot{Client: known(debugport.InGame), Server: monitor.ServerReady}
	menu := monitor.Snapshot{Client: known(debugport.MainMenu), Server: monitor.ServerDown}
	for _, c := range []struct {
		name     string
		snap     monitor.Snapshot
		paused   monitor.Time
		byItself bool
		failed   bool
		plain    assets.Overlay // with no reconnect
	}{
		{"automatic", ready, 0, true, false, assets.NoOverlay},
		{"automatic off", ready, 0, false, false, assets.AutomaticOff},
		{"paused", ready, 5, true, false, assets.Paused},
		{"paused for good", ready, monitor.Forever, true, false, assets.Paused},
		{"paused and off", ready, 5, false, false, assets.Paused},
		{"in the menu, server down", menu, 0, true, false, assets.NoOverlay},
		{"in game, server down", down, 0, true, false, assets.ServerDown},
		{"in game, server down, paused and off", down, 5, false, false, assets.ServerDown},
		{"failed", menu, 0, true, true, assets.Failed},
		{"failed, paused and off", menu, 5, false, true, assets.Failed},
		{"failed, in game, server down", down, 0, true, true, assets.Failed},
	} {
		var set settings.Settings
		set.AutoReconnect.Enabled = c.byItself
		scene := Scene{Snap: c.snap, Settings: &set, Text: english}
		if c.failed {
			scene.Failure = monitor.JoinTimeout
		}
		scene.Snap.PausedUntil = c.paused
		if v, _ := Render(&scene, 0); v.Overlay != c.plain {
			t.Errorf("%s: %v, want %v", c.name, v.Overlay, c.plain)
		}
		for _, phase := range phases {
			scene.Snap.Reconnect.Phase = phase
			if v, _ := Render(&scene, 0); v.Overlay != assets.Pending {
				t.Errorf("%s, reconnecting (%v): %v, want pending", c.name, phase, v.Overlay)
			}
		}
	}
}
