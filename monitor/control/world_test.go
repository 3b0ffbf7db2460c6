package control

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"altv-tray/monitor"
	"altv-tray/monitor/simulator"
)

// TestMain is also the other process of the tests of the locks.
func TestMain(m *testing.M) {
	if dir := os.Getenv("CONTROL_TEST_HOLDS"); dir != "" {
		hold(dir)
		return
	}
	goleak.VerifyTestMain(m)
}

// nothing is the watch of a server of which nothing is known.
type nothing struct{}

func (nothing) Run(ctx context.Context) { <-ctx.Done() }
func (nothing) Urgent(bool)             {}
func (nothing) Signal()                 {}
func (nothing) Recheck()                {}

func unwatched(func(monitor.ServerFact)) monitor.Watcher { return nothing{} }

func noPassword(context.Context) (string, monitor.Reason) { return "", monitor.NoReason }

// monitored returns a running monitor of a client in memory.
func monitored(t testing.TB, network *simulator.Network) *monitor.Monitor {
	m := monitor.New(monitor.Target{
		Config:     monitor.Config{Profile: "default", Client: "127.0.0.1:9223", Attempts: 1, JoinTimeout: time.Minute, Auto: true},
		NewWatcher: unwatched, Password: noPassword,
	}, monitor.Options{Dial: network.Dial})
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { defer close(ended); m.Run(ctx) }()
	t.Cleanup(func() { cancel(); <-ended })
	return m
}

// clientIn starts a client in memory that says word and stays so.
func clientIn(t testing.TB, network *simulator.Network, word string) *simulator.World {
	w := simulator.New(simulator.Options{Speed: 1000, Listen: network.Listen})
	if err := w.Start("127.0.0.1:9223", "127.0.0.1:7788"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close() })
	if err := w.Client.SetStatus(word); err != nil {
		t.Fatal(err)
	}
	return w
}

// listen serves m's commands from dir; nil: a monitor that finds no client.
func listen(t testing.TB, dir string, m *monitor.Monitor) *Server {
	t.Helper()
	s, _ := served(t, dir, m)
	return s
}

// served is listen with a function that ends it.
func served(t testing.TB, dir string, m *monitor.Monitor) (s *Server, end func()) {
	t.Helper()
	if m == nil {
		m = monitored(t, &simulator.Network{})
	}
	s, err := Listen(dir, appOf(m))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { defer close(ended); s.Serve(ctx) }()
	end = func() { cancel(); <-ended }
	t.Cleanup(end)
	return s, end
}

// appOf has the monitor itself do what the commands ask for.
func appOf(m *monitor.Monitor) App {
	return App{
		Monitor: m, Line: func(e monitor.Event) string { return fmt.Sprint(e.Kind) }, FileRestored: func() {},
		Report: func(s monitor.Snapshot) Report {
			return NewReport(Report{Client: ClientReport{Address: "127.0.0.1:9223"}, Tray: true, Version: "1.0.0"}, s, error.Error)
		},
		Checks:    func(context.Context) any { return []string{"all is well"} },
		Reconnect: m.Reconnect,
		Open:      func() (string, error) { return "http://127.0.0.1:1/#code=x", nil },
		Order: func(what string, with Request) bool {
			do, known := map[string]func(){
				Pause: func() { m.Apply(monitor.Pause(with.Pause)) }, Resume: func() { m.Apply(monitor.Resume()) }, Ready: m.Ready, PasswordChanged: func() { m.Apply(monitor.PasswordChanged()) }, Quit: func() {}, Press: func() {},
			}[what]
			if known {
				do()
			}
			return known
		},
	}
}

// serving is listen in a folder of its own.
func serving(t testing.TB, m *monitor.Monitor) (s *Server, dir string) {
	t.Helper()
	dir = t.TempDir()
	return listen(t, dir, m), dir
}

// found is the client of a server.
func found(t testing.TB, dir string) *Client {
	t.Helper()
	c, err := Find(dir)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// ask makes a request as a program that knows the token would, changed.
func ask(t testing.TB, s *Server, method, path, body string, change func(*http.Request)) (code int, text string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, "http://"+s.at.Address+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+s.at.Token)
	if change != nil {
		change(r)
	}
	c := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	resp, err := c.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(data)
}

// say sends the text and nothing else, and returns the whole answer.
func say(t testing.TB, s *Server, text string) string {
	t.Helper()
	conn, err := net.Dial("tcp", s.at.Address)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	_ = conn.SetDeadline(time.Now().Add(20 * time.Second))
	if _, err := io.WriteString(conn, text); err != nil {
		t.Fatal(err)
	}
	_ = conn.(*net.TCPConn).CloseWrite()
	answer, err := io.ReadAll(conn)
	if err != nil {
		t.Errorf("%q: %v", text, err)
	}
	return string(answer)
}

// follow waits on a subscription until a snapshot fits.
func follow(t testing.TB, m *monitor.Monitor, what string, fits func(s monitor.Snapshot) bool) monitor.Snapshot {
	t.Helper()
	sub := m.Subscribe()
	defer sub.Close()
	limit := time.After(20 * time.Second)
	for {
		if s, _ := sub.Take(); fits(s) {
			return s
		}
		select {
		case <-sub.C():
		case <-limit:
			t.Fatalf("it never came: %s; %+v", what, m.Snapshot())
		}
	}
}

func decode[T any](t testing.TB, text string) (v T) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	return v
}
