package tray

import (
	"slices"
	"testing"
	"time"

	"altv-tray/monitor"
	"altv-tray/monitor/debugport"
	"altv-tray/monitor/simulator"
	"altv-tray/settings"
	"altv-tray/tray/surroundings"
)

// restarting is a monitor over real ports, with the client in the game.
func restarting(t *testing.T, ready settings.Ready, delay time.Duration) (*simulator.World, *monitor.Monitor, *monitor.Subscription) {
	t.Helper()
	folder := t.TempDir()
	w := startWorld(t, simulator.Options{Folder: folder})
	inMenu(t, w)
	set := settings.Default()
	set.Client.Address = w.Client.Addr()
	set.Profiles[0].Server = w.Server.Addr()
	set.Profiles[0].Ready = ready
	if ready == settings.ReadyLog {
		set.Profiles[0].Folder = folder
	}
	set.Profiles[0].ReadyDelay = settings.Duration(delay)
	set.Profiles[0].Password = settings.PasswordNone
	m := monitor.New(surroundings.Target(set, settings.NewMemory()), monitor.Options{})
	sub := m.Subscribe()
	ended := make(chan struct{})
	ctx := t.Context()
	go func() { defer close(ended); m.Run(ctx) }()
	t.Cleanup(func() { <-ended })
	await(t, sub, func(s monitor.Snapshot, _ []monitor.Event) bool {
		return s.Server == monitor.ServerReady && s.Client.Status == debugport.MainMenu && s.Reconnect.Phase == monitor.NoJob
	})
	m.Reconnect()
	await(t, sub, joined)
	return w, m, sub
}

func joined(_ monitor.Snapshot, events []monitor.Event) bool {
	return slices.ContainsFunc(events, func(e monitor.Event) bool { return e.Kind == monitor.Joined })
}

// await follows until what was seen fits.
func await(t *testing.T, sub *monitor.Subscription, fits func(monitor.Snapshot, []monitor.Event) bool) {
	t.Helper()
	limit := time.After(20 * time.Second)
	for {
		select {
		case <-sub.C():
		case <-limit:
			s, _, _ := sub.Take()
			t.Fatalf("it did not come to that: %+v", s)
		}
		if s, events, _ := sub.Take(); fits(s, events) {
			return
		}
	}
}

// Ten restarts of 0.2 s, one after the other, are ten reconnects.
func TestTenRestartsAreTenReconnects(t *testing.T) {
	for _, ready := range []settings.Ready{settings.ReadyPort, settings.ReadyLog} {
		t.Run(string(ready), func(t *testing.T) {
			t.Parallel()
			w, _, sub := restarting(t, ready, 0)
			before := len(w.Client.Posts())
			for range 10 {
				w.Server.Restart(200 * time.Millisecond)
				await(t, sub, joined)
			}
			posts := w.Client.Posts()[before:]
			if len(posts) != 10 || w.Client.Frozen() {
				t.Errorf("%d requests, the client is frozen: %v", len(posts), w.Client.Frozen())
			}
		})
	}
}

// Eight restarts within 2.4 s are one reconnect, after the last.
func TestBurstOfRestartsIsOneReconnect(t *testing.T) {
	t.Parallel()
	w, _, sub := restarting(t, settings.ReadyPort, 500*time.Millisecond)
	before := len(w.Client.Posts())
	tick := time.NewTicker(300 * time.Millisecond)
	defer tick.Stop()
	for range 8 {
		w.Server.Restart(50 * time.Millisecond)
		<-tick.C
	}
	last := time.Now()
	await(t, sub, joined)
	posts := w.Client.Posts()[before:]
	if len(posts) != 1 || posts[0].At.Before(last) {
		t.Errorf("%d requests: %v, the last restart was at %v", len(posts), posts, last)
	}
}
