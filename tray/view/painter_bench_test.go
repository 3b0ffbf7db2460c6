package view

import (
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
	if p.Paint(sc, assets.Dark, now) == nil {
		t.Fatal("the first picture is told nothing of")
	}
	if n := testing.AllocsPerRun(100, func() {
		if now += time.Millisecond; p.Paint(sc, assets.Dark, now) != nil {
			t.Error("something is told though nothing changed")
		}
	}); n != 0 {
		t.Errorf("it takes %v allocations", n)
	}
	// All that is shown of it still comes.
	if got := p.Paint(sc, assets.Dark, now+time.Minute); len(got) != 2 {
		t.Errorf("a minute later it tells %v, want the tooltip and the state's row", got)
	}
	if got := p.Paint(sc, assets.Light, now+time.Minute); len(got) != 1 || got[0].What != IconChanged {
		t.Errorf("on another taskbar it tells %v", got)
	}
	other := settings.Default()
	other.AutoReconnect.Enabled = !other.AutoReconnect.Enabled
	sc.Settings = &other
	if p.Paint(sc, assets.Light, now+time.Minute) == nil {
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
