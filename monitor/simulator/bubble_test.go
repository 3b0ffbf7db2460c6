package simulator_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"altv-tray/monitor/debugport"
	"altv-tray/monitor/simulator"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	clientAddr = "127.0.0.1:9223"
	serverAddr = "127.0.0.1:7788"
)

// bench is a started world inside a bubble, and how a watcher reaches it.
type bench struct {
	*simulator.World
	t       *testing.T
	network *simulator.Network
	http    *http.Client
	events  *[]string
}

// inBubble runs f on a started world in virtual time.
func inBubble(t *testing.T, opts simulator.Options, f func(t *testing.T, b bench)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		var network simulator.Network
		events := record(&opts)
		opts.Listen = network.Listen
		w := simulator.New(opts)
		if err := w.Start(clientAddr, serverAddr); err != nil {
			t.Fatal(err)
		}
		transport := &http.Transport{DialContext: network.Dial}
		f(t, bench{w, t, &network, &http.Client{Transport: transport}, events})
		transport.CloseIdleConnections()
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	})
}

// record keeps the events. They may be read after the world's Close, or in a
// bubble after pass.
func record(opts *simulator.Options) *[]string {
	events := &[]string{}
	opts.Event = func(line string) { *events = append(*events, line) }
	return events
}

// pass lets time go by, to a moment just after d: what is due at d has happened.
func (b bench) pass(d time.Duration) {
	b.t.Helper()
	<-time.After(d + time.Millisecond)
	synctest.Wait()
}

// send makes a request to the client and returns the answer's code and body.
func (b bench) send(method, path, body string) (int, string) {
	b.t.Helper()
	request, err := http.NewRequest(method, "http://"+clientAddr+path, strings.NewReader(body))
	if err != nil {
		b.t.Fatal(err)
	}
	answer, err := b.http.Do(request)
	if err != nil {
		b.t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	return answer.StatusCode, string(text)
}

// post sends a reconnect that has to be answered with 200.
func (b bench) post(password string) {
	b.t.Helper()
	if code, _ := b.send(http.MethodPost, "/reconnect", password); code != http.StatusOK {
		b.t.Fatalf("POST /reconnect was answered with %d", code)
	}
}

// says checks what the client answers now.
func (b bench) says(want debugport.Status) {
	b.t.Helper()
	code, word := b.send(http.MethodGet, "/status", "")
	if code != http.StatusOK || word != string(want) {
		b.t.Fatalf("GET /status gave %d %q, want 200 %q", code, word, want)
	}
	if got := b.Client.Status(); got != want {
		b.t.Fatalf("Status() is %q, want %q", got, want)
	}
}

// toMenu lets the world start up.
func (b bench) toMenu() {
	b.t.Helper()
	b.pass(simulator.LoadingTime)
	b.says(debugport.MainMenu)
}

// toGame starts it up and joins with password, which has to be right.
func (b bench) toGame(password string) {
	b.t.Helper()
	b.toMenu()
	b.post(password)
	b.pass(simulator.ConnectingTime)
	b.pass(simulator.DownloadTime)
	b.says(debugport.InGame)
}

// told checks that an event has the text.
func (b bench) told(text string) {
	b.t.Helper()
	if !holds(*b.events, text) {
		b.t.Errorf("no event tells %q; there are:\n%s", text, strings.Join(*b.events, "\n"))
	}
}

func holds(lines []string, text string) bool {
	return strings.Contains(strings.Join(lines, "\n"), text)
}
