package control

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"altv-tray/monitor"
	"altv-tray/monitor/simulator"
)

// watching watches the app of dir; come receives each line, and ended how it ends.
func watching(ctx context.Context, dir string) (come chan Update, ended chan error) {
	come, ended = make(chan Update, 100), make(chan error, 1)
	go func() { ended <- Watch(ctx, dir, func(u Update) { come <- u }) }()
	return come, ended
}

func TestWatchTellsWhatIsKnownAndWhatChanges(t *testing.T) {
	var network simulator.Network
	clientIn(t, &network, "IN_GAME")
	m := monitored(t, &network)
	s, dir := serving(t, m)
	follow(t, m, "in game", func(s monitor.Snapshot) bool { return s.Client.String() == "IN_GAME" })
	come, ended := watching(t.Context(), dir)
	if u := <-come; u.Report == nil || u.Report.Status != "IN_GAME" || !u.Report.Tray || u.Changes != nil {
		t.Errorf("first %+v", u)
	}
	m.Pause(0)
	if u := <-come; u.Report == nil || !u.Report.Automatic.Paused || len(u.Changes) != 1 || u.Changes[0].Text != fmt.Sprint(monitor.Paused) {
		t.Errorf("then %+v", u)
	}
	s.Close()
	if err := <-ended; err != nil && !strings.Contains(err.Error(), "EOF") {
		t.Errorf("it ends with %v", err)
	}
	if err := Watch(t.Context(), dir, nil); !errors.Is(err, ErrNoTray) {
		t.Errorf("without an app: %v", err)
	}
}

// One watch too many is refused, and a watch that ends makes room.
func TestWatchesAreBounded(t *testing.T) {
	s, dir := serving(t, nil)
	ctx, stop := context.WithCancel(t.Context())
	var all []chan error
	for range maxWatches {
		come, ended := watching(ctx, dir)
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

// What has the port of a killed app may say nothing, or anything: the watch ends.
func TestWatchOfAForeignProgram(t *testing.T) {
	for name, answer := range map[string]http.HandlerFunc{
		"silent":    func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
		"a page":    func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "<html>\n") },
		"no report": func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "{}\n") },
		"no tray app": func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, `{"report":{"status":"IN_GAME"}}`+"\n")
		},
		"without an end": func(w http.ResponseWriter, _ *http.Request) { _, _ = io.CopyN(w, endless{}, 10<<20) },
		"refusing":       func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(answer)
			defer server.Close()
			dir := t.TempDir()
			if err := write(dir, address{Address: server.Listener.Addr().String(), Token: "t"}); err != nil {
				t.Fatal(err)
			}
			if err := Watch(t.Context(), dir, func(u Update) { t.Errorf("it is told %+v", u) }); err == nil {
				t.Error("no error")
			}
		})
	}
}

type endless struct{}

func (endless) Read(into []byte) (int, error) {
	for i := range into {
		into[i] = 'x'
	}
	return len(into), nil
}
