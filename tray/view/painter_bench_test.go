package view

import (
	"slices"
	"testing"
	"time"

	"altv-tray/assets"
	"altv-tray/monitor"
	"altv-tray/monitor/debugport"
	"altv-tray/settings"
)

// lastingScene is one that stays as it is for a minute.
func lastingScene() Scene {
	set := settings.Default()
	return Scene{
		Snap: monitor.Snapshot{
			Start: time.Unix(0, 0), Since: time.Hour, Server: monitor.ServerReady,
			Client: debugport.Reading{Outcome: debugport.Known, Status: debugport.InGame},
		},
		Settings: &set, Version: "1.0.0", Text: english,
	}
}

func TestUnchangedPictureCostsNothing(t *testing.T) {
	var p Painter
	sc, now := lastingScene(), 2*time.Hour+time.Second
	if !p.Paint(sc, assets.Dark, now) {
		t.Fatal("the first picture is not rendered")
	}
	if n := testing.AllocsPerRun(100, func() {
		if now += time.Millisecond; p.Paint(sc, assets.Dark, now) {
			t.Error("it is rendered anew though nothing changed")
		}
	}); n != 0 {
		t.Errorf("it takes %v allocations", n)
	}
	// All that is shown of it still comes.
	before := p.Shown
	if !p.Paint(sc, assets.Dark, now+time.Minute) || p.Shown.Tooltip == before.Tooltip || p.Shown.Rows[0] == before.Rows[0] || !slices.Equal(p.Shown.Rows[1:], before.Rows[1:]) {
		t.Errorf("a minute later %+v, want another tooltip and state than in %+v", p.Shown, before)
	}
	if !p.Paint(sc, assets.Light, now+time.Minute) || p.Shown.Theme != assets.Light {
		t.Errorf("on another taskbar %+v", p.Shown)
	}
	other := settings.Default()
	other.AutoReconnect.Enabled = !other.AutoReconnect.Enabled
	sc.Settings = &other
	if !p.Paint(sc, assets.Light, now+time.Minute) {
		t.Error("other settings are not shown")
	}
}

func BenchmarkRenderUnchanged(b *testing.B) {
	var p Painter
	sc, now := lastingScene(), 2*time.Hour+time.Second
	p.Paint(sc, assets.Dark, now)
	b.ReportAllocs()
	for b.Loop() {
		p.Paint(sc, assets.Dark, now)
	}
}

func BenchmarkRenderChanged(b *testing.B) {
	var p Painter
	sc, now := lastingScene(), 2*time.Hour
	b.ReportAllocs()
	for b.Loop() {
		now += time.Minute
		p.Paint(sc, assets.Dark, now)
	}
}
