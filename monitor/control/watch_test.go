package control

import (
	"context"
	"fmt"
	"net/http"
	"testing"

	"altv-tray/monitor"
	"altv-tray/monitor/simulator"
)

// watching watches the app of dir. The channel has each update, and is closed at the end.
func watching(t *testing.T, ctx context.Context, dir string) <-chan Update {
	c := found(t, dir)
	come := make(chan Update, 100)
	go func() {
		defer close(come)
		for u := range c.Watch(ctx) {
			come <- u
		}
	}()
	return come
}

func TestWatchTellsWhatIsKnownAndWhatChanges(t *testing.T) {
	var network simulator.Network
	clientIn(t, &network, "IN_GAME")
	m := monitored(t, &network)
	dir := t.TempDir()
	_, end := served(t, dir, m)
	follow(t, m, "in game", func(s monitor.Snapshot) bool { return s.Client.String() == "IN_GAME" })
	come := watching(t, t.Context(), dir)
	if u := <-come; u.Report == nil || u.Report.Status != "IN_GAME" || !u.Report.Tray || u.Changes != nil {
		t.Errorf("first %+v", u)
	}
	m.Apply(monitor.Pause(0))
	if u := <-come; u.Report == nil || !u.Report.Automatic.Paused || len(u.Changes) != 1 || u.Changes[0].Text != fmt.Sprint(monitor.Paused) {
		t.Errorf("then %+v", u)
	}
	end()
	if u, more := <-come; more {
		t.Errorf("after the end there is %+v", u)
	}
}

// One watch too many is refused, and a watch that ends makes room.
func TestWatchesAreBounded(t *testing.T) {
	s, dir := serving(t, nil)
	ctx, stop := context.WithCancel(t.Context())
	var all []<-chan Update
	for range maxWatches {
		come := watching(t, ctx, dir)
		<-come
		all = append(all, come)
	}
	if code, _ := ask(t, s, http.MethodGet, "/watch", "", nil); code != http.StatusServiceUnavailable {
		t.Errorf("one more gives %d", code)
	}
	stop()
	for _, come := range all {
		for range come { // until it has ended
		}
	}
	for range maxWatches {
		s.watches <- struct{}{}
	}
}
