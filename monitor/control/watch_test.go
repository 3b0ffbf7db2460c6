package control

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"testing"

	"altv-tray/monitor"
	"altv-tray/monitor/simulator"
)

// watching watches the app of dir; come receives each line, and ended how it ends.
func watching(t *testing.T, ctx context.Context, dir string) (come chan Update, ended chan error) {
	c := found(t, dir)
	come, ended = make(chan Update, 100), make(chan error, 1)
	go func() { ended <- c.Watch(ctx, func(u Update) { come <- u }) }()
	return come, ended
}

func TestWatchTellsWhatIsKnownAndWhatChanges(t *testing.T) {
	var network simulator.Network
	clientIn(t, &network, "IN_GAME")
	m := monitored(t, &network)
	s, dir := serving(t, m)
	follow(t, m, "in game", func(s monitor.Snapshot) bool { return s.Client.String() == "IN_GAME" })
	come, ended := watching(t, t.Context(), dir)
	if u := <-come; u.Report == nil || u.Report.Status != "IN_GAME" || !u.Report.Tray || u.Changes != nil {
		t.Errorf("first %+v", u)
	}
	m.Pause(0)
	if u := <-come; u.Report == nil || !u.Report.Automatic.Paused || len(u.Changes) != 1 || u.Changes[0].Text != fmt.Sprint(monitor.Paused) {
		t.Errorf("then %+v", u)
	}
	s.Close()
	if err := <-ended; !errors.Is(err, ErrNoTray) {
		t.Errorf("it ends with %v", err)
	}
}

// One watch too many is refused, and a watch that ends makes room.
func TestWatchesAreBounded(t *testing.T) {
	s, dir := serving(t, nil)
	ctx, stop := context.WithCancel(t.Context())
	var all []chan error
	for range maxWatches {
		come, ended := watching(t, ctx, dir)
		<-come
		all = append(all, ended)
	}
	if code, _ := ask(t, s, http.MethodGet, "/watch", "", nil); code != http.StatusServiceUnavailable {
		t.Errorf("one more gives %d", code)
	}
	stop()
	for _, ended := range all {
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Errorf("it ends with %v", err)
		}
	}
	for range maxWatches {
		s.watches <- struct{}{}
	}
}
