package tray

import (
	"testing"
	"time"

	"altv-tray/assets"
	"altv-tray/monitor"
	"altv-tray/monitor/debugport"
	"altv-tray/settings"
)

// lastingScene is one that stays as it is for a minute.
func lastingScene() scene {
	set := settings.Default()
	return scene{
		snap: monitor.Snapshot{
			Start: time.Unix(0, 0), Since: time.Hour, Server: monitor.ServerReady,
			Client: debugport.Reading{Outcome: debugport.Known, Status: debugport.InGame},
		},
		set: &set, version: "1.0.0", text: english,
	}
}

func TestUnchangedPictureCostsNothing(t *testing.T) {
	var p painter
	sc, now := lastingScene(), 2*time.Hour+time.Second
	if p.paint(sc, assets.Dark, now) == nil {
		t.Fatal("the first picture is told nothing of")
	}
	if n := testing.AllocsPerRun(100, func() {
		if now += time.Millisecond; p.paint(sc, assets.Dark, now) != nil {
			t.Error("something is told though nothing changed")
		}
	}); n != 0 {
		t.Errorf("it takes %v allocations", n)
	}
	// All that is shown of it still comes.
	if got := p.paint(sc, assets.Dark, now+time.Minute); len(got) != 2 {
		t.Errorf("a minute later it tells %v, want the tooltip and the state's row", got)
	}
	if got := p.paint(sc, assets.Light, now+time.Minute); len(got) != 1 || got[0].what != iconChanged {
		t.Errorf("on another taskbar it tells %v", got)
	}
	other := settings.Default()
	other.AutoReconnect.Enabled = !other.AutoReconnect.Enabled
	sc.set = &other
	if p.paint(sc, assets.Light, now+time.Minute) == nil {
		t.Error("other settings are not shown")
	}
}

func BenchmarkRenderUnchanged(b *testing.B) {
	var p painter
	sc, now := lastingScene(), 2*time.Hour+time.Second
	p.paint(sc, assets.Dark, now)
	b.ReportAllocs()
	for b.Loop() {
		p.paint(sc, assets.Dark, now)
	}
}

func BenchmarkRenderChanged(b *testing.B) {
	var p painter
	sc, now := lastingScene(), 2*time.Hour
	b.ReportAllocs()
	for b.Loop() {
		now += time.Minute
		p.paint(sc, assets.Dark, now)
	}
}
