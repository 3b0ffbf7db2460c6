package control

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"altv-tray/monitor"
	"altv-tray/monitor/simulator"
)

func TestWhoIsLetIn(t *testing.T) {
	s, _ := serving(t, nil)
	own := s.at.Address
	_, port, _ := strings.Cut(own, ":")
	header := func(name, value string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set(name, value) }
	}
	for name, change := range map[string]func(*http.Request){
		"no token":            func(r *http.Request) { r.Header.Del("Authorization") },
		"an empty one":        header("Authorization", ""),
		"an empty bearer":     header("Authorization", "Bearer "),
		"a wrong token":       header("Authorization", "Bearer "+strings.Repeat("0", 64)),
		"half of the token":   header("Authorization", "Bearer "+s.at.Token[:32]),
		"more than the token": header("Authorization", "Bearer "+s.at.Token+"0"),
		"no bearer":           header("Authorization", s.at.Token),
		"basic":               func(r *http.Request) { r.SetBasicAuth("", s.at.Token) },
		"in the query":        func(r *http.Request) { r.Header.Del("Authorization"); r.URL.RawQuery = "token=" + s.at.Token },
		"a foreign host":      func(r *http.Request) { r.Host = "example.com" },
		"rebound":             func(r *http.Request) { r.Host = "example.com:" + port },
		"localhost":           func(r *http.Request) { r.Host = "localhost:" + port },
		"no port":             func(r *http.Request) { r.Host = "127.0.0.1" },
		"a page":              header("Origin", "https://example.com"),
		"a page of its own":   header("Origin", "http://"+own),
		"a sandboxed page":    header("Origin", "null"),
		"an empty origin":     header("Origin", ""),
	} {
		for _, path := range []string{"/snapshot", "/reconnect", "/nowhere", "/"} {
			for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodOptions} {
				code, text := ask(t, s, method, path, `{"wait":false,"timeout":1}`, change)
				if code != http.StatusForbidden || strings.Contains(text, s.at.Token) {
					t.Errorf("%s: %s %s gives %d %q", name, method, path, code, text)
				}
			}
		}
	}
	if snap := s.app.Monitor.Snapshot(); snap.Last.Job != 0 || snap.Reconnect.Phase != monitor.NoJob {
		t.Errorf("one of them made a reconnect: %+v", snap)
	}
}

// What no client of net/http would send: 403 for whatever is a request. What is
// none, package http refuses before anybody looks at it.
func TestWhoIsLetInWithStrangeRequests(t *testing.T) {
	s, _ := serving(t, nil)
	own := s.at.Address
	host, token := "Host: "+own+"\r\n", "Authorization: Bearer "+s.at.Token+"\r\n"
	wrong := "Authorization: Bearer " + strings.Repeat("0", 64) + "\r\n"
	for _, c := range []struct {
		text string
		code string
	}{
		{"GET /snapshot HTTP/1.1\r\n\r\n", "400"},
		{"GET /snapshot HTTP/1.1\r\n" + token + "\r\n", "400"},
		{"GET /snapshot HTTP/1.0\r\n\r\n", "403"},
		{"GET /snapshot HTTP/1.0\r\n" + token + "\r\n", "403"},
		{"GET /snapshot HTTP/1.1\r\nHost:\r\n" + token + "\r\n", "403"},
		{"GET /snapshot HTTP/1.1\r\n" + host + host + "\r\n", "400"},
		{"GET /snapshot HTTP/1.1\r\n" + host + host + token + "\r\n", "400"},
		{"GET /snapshot HTTP/1.1\r\n" + host + "Host: example.com\r\n" + token + "\r\n", "400"},
		{"GET http://" + own + "/snapshot HTTP/1.1\r\n" + host + "\r\n", "403"},
		{"GET http://" + own + "/snapshot HTTP/1.1\r\nHost: example.com\r\n" + token + "\r\n", "403"},
		{"OPTIONS * HTTP/1.1\r\n" + host + "\r\n", "403"},
		{"CONNECT " + own + " HTTP/1.1\r\n" + host + wrong + "\r\n", "403"},
		{"HEAD /snapshot HTTP/1.1\r\n" + host + wrong + "\r\n", "403"},
		{"POST /quit HTTP/1.1\r\n" + host + wrong + "Content-Length: 1048576\r\n\r\n", "403"},
		{"POST /quit HTTP/1.1\r\n" + host + wrong + "Transfer-Encoding: chunked\r\n\r\nno chunk\r\n", "403"},
		{"POST /quit HTTP/1.1\r\n" + host + wrong + "Expect: 100-continue\r\nContent-Length: 1\r\n\r\n", "403"},
		{"GET http://" + own + "/snapshot HTTP/1.1\r\n" + host + token + "\r\n", "403"},
		{"OPTIONS * HTTP/1.1\r\n" + host + token + "\r\n", "403"},
		{"GET /snapshot\r\n\r\n", "400"},
		{"GET /snapshot HTTP/2.0\r\n" + host + "\r\n", "505"},
		{"GET /snapshot HTTP/1.1\r\n" + host + "no field\r\n\r\n", "400"},
		{"GET /snapshot HTTP/1.1\r\n" + host + "Content-Length: -1\r\n\r\n", "400"},
		{"GET /snapshot HTTP/1.1\r\n" + host + strings.Repeat("x: y\r\n", 2*maxHeader) + "\r\n", "431"},
		{"POST /pause HTTP/1.1\r\n" + host + token + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n{}", "100"},
	} {
		if answer := say(t, s, c.text); !strings.HasPrefix(answer[min(len("HTTP/1.x"), len(answer)):], " "+c.code+" ") || strings.Contains(answer, s.at.Token) {
			t.Errorf("%q is answered with %q, want %s", c.text, answer, c.code)
		}
	}
}

func TestPathsAndMethods(t *testing.T) {
	s, _ := serving(t, nil)
	for _, c := range []struct {
		method, path, body string
		code               int
	}{
		{"GET", "/snapshot", "", 200},
		{"GET", "/checks", "", 200},
		{"POST", "/ready", "{}", 200},
		{"POST", "/ready", "", 400},
		{"POST", "/resume", "{}", 200},
		{"POST", "/password", "{}", 200},
		{"POST", "/pause", `{"pause":1000}`, 200},
		{"POST", "/pause", `{"pause":-1}`, 200},
		{"POST", "/pause", `{"pause":9223372036854775807}`, 200},
		{"POST", "/open", "{}", 200},
		{"GET", "/open", "", 404},
		{"POST", "/press", `{"code":"x"}`, 200},
		{"POST", "/press", "", 400},
		{"POST", "/press", `{"action":"quit"}`, 400},
		{"POST", "/press", `{"code":"` + strings.Repeat("x", 4<<10) + `"}`, 400},
		{"GET", "/nowhere", "", 404},
		{"POST", "/nowhere", "{}", 404},
		{"GET", "/", "", 404},
		{"GET", "/reconnect", "", 404},
		{"DELETE", "/snapshot", "", 404},
		{"POST", "/reconnect", "", 400},
		{"POST", "/reconnect", "wait", 400},
		{"POST", "/reconnect", `{"wait":"yes"}`, 400},
		{"POST", "/reconnect", `{"password":"x"}`, 400},
		{"POST", "/pause", "[]", 400},
		{"GET", "/pause", "", 404},
		{"POST", "/pause", `{"pause":1e99}`, 400},
		{"POST", "/reconnect", `{"wait":` + strings.Repeat(" ", 1<<20) + `true}`, 400},
	} {
		if code, text := ask(t, s, c.method, c.path, c.body, nil); code != c.code {
			t.Errorf("%s %s %.40s: %d %s, want %d", c.method, c.path, c.body, code, text, c.code)
		}
	}
	if snap := s.app.Monitor.Snapshot(); snap.Last.Job != 0 {
		t.Errorf("one of them made a reconnect: %+v", snap.Last)
	}
}

// TestConnectionsAreBounded: what connects and does not ask is sent away, and
// holds up what does ask for as long at most.
func TestConnectionsAreBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var network simulator.Network
		s, err := Listen(t.TempDir(), appOf(monitor.New(monitor.Target{}, monitor.Options{})))
		if err != nil {
			t.Fatal(err)
		}
		l, err := network.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		go func() { _ = s.http.Serve(l) }()
		dial := func(text string) net.Conn {
			conn, err := network.Dial(t.Context(), "tcp", l.Addr().String())
			if err != nil {
				t.Fatal(err)
			}
			go func() { _, _ = io.WriteString(conn, text) }()
			return conn
		}
		begun := time.Now()
		for range maxConns {
			idle := dial("GET /sna")
			defer idle.Close()
			go func() { _, _ = io.Copy(io.Discard, idle) }()
		}
		request := "GET /snapshot HTTP/1.1\r\nHost: " + s.at.Address + "\r\nAuthorization: Bearer " + s.at.Token + "\r\n"
		conn := dial(request + "\r\n")
		defer conn.Close()
		answer, err := io.ReadAll(conn)
		if took := time.Since(begun); err != nil || !strings.HasPrefix(string(answer), "HTTP/1.1 200 ") || took != readLimit {
			t.Errorf("after %v: %q, %v", took, answer, err)
		}
		half := dial(strings.Replace(request, "GET /snapshot", "POST /pause", 1) + "Content-Length: 9\r\n\r\n{")
		defer half.Close()
		begun = time.Now()
		answer, err = io.ReadAll(half)
		if took := time.Since(begun); err != nil || !strings.HasPrefix(string(answer), "HTTP/1.1 400 ") || took != readLimit {
			t.Errorf("half a body, after %v: %q, %v", took, answer, err)
		}
		_, _ = s.http.Close(), s.listener.Close()
	})
}

// TestReconnectOutlastsTheLimits: a command may wait for longer than a request
// may take to come and an answer to be written.
func TestReconnectOutlastsTheLimits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var network simulator.Network
		clientIn(t, &network, "LOADING")
		m := monitored(t, &network)
		s, err := Listen(t.TempDir(), appOf(m))
		if err != nil {
			t.Fatal(err)
		}
		l, err := network.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		go func() { _ = s.http.Serve(l) }()
		conn, err := network.Dial(t.Context(), "tcp", l.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		begun := time.Now()
		const body = `{"wait":true,"timeout":60000000000}`
		go func() {
			_, _ = fmt.Fprintf(conn, "POST /reconnect HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nContent-Length: %d\r\n\r\n%s",
				s.listener.Addr(), s.at.Token, len(body), body)
		}()
		answer, err := io.ReadAll(conn)
		if took := time.Since(begun); err != nil || !strings.Contains(string(answer), `"timed_out":true`) || took != time.Minute {
			t.Errorf("after %v: %q, %v", took, answer, err)
		}
		_, _ = s.http.Close(), s.listener.Close()
	})
}

func TestPauseAndResume(t *testing.T) {
	s, dir := serving(t, nil)
	c := found(t, dir)
	for d, fits := range map[time.Duration]func(until monitor.Time) bool{
		time.Hour: func(until monitor.Time) bool { return until > 59*time.Minute && until < 61*time.Minute },
		0:         func(until monitor.Time) bool { return until == monitor.Forever },
	} {
		if err := c.Ask(t.Context(), Pause, Request{Pause: d}, nil); err != nil {
			t.Fatal(err)
		}
		until := follow(t, s.app.Monitor, "paused", func(s monitor.Snapshot) bool { return s.PausedUntil != 0 }).PausedUntil
		if !fits(until) {
			t.Errorf("paused for %v: until %v", d, until)
		}
		var r Report
		err := c.Ask(t.Context(), Snapshot, Request{}, &r)
		if err != nil || !r.Automatic.Paused || (r.Automatic.PausedUntil == nil) != (d == 0) {
			t.Errorf("%+v, %v", r.Automatic, err)
		}
		if err := c.Ask(t.Context(), Resume, Request{}, nil); err != nil {
			t.Fatal(err)
		}
		follow(t, s.app.Monitor, "resumed", func(s monitor.Snapshot) bool { return s.PausedUntil == 0 })
	}
}

// No pause that was given a length is one without an end.
func TestShortestAndLongestPause(t *testing.T) {
	s, dir := serving(t, nil)
	c := found(t, dir)
	for _, d := range []time.Duration{1, time.Millisecond, longestPause, math.MaxInt64} {
		sub := s.app.Monitor.Subscribe()
		if err := c.Ask(t.Context(), Pause, Request{Pause: d}, nil); err != nil {
			t.Fatal(err)
		}
		limit := time.After(20 * time.Second)
		for paused := false; !paused; {
			select {
			case <-sub.C():
			case <-limit:
				t.Fatalf("never paused for %v", d)
			}
			snap, events := sub.Take()
			for _, e := range events {
				paused = paused || e.Kind == monitor.Paused && e.Pause > 0 && snap.PausedUntil != monitor.Forever
			}
		}
		sub.Close()
	}
}

func TestSnapshotIsWhatIsKnown(t *testing.T) {
	var network simulator.Network
	clientIn(t, &network, "IN_GAME")
	m := monitored(t, &network)
	s, _ := serving(t, m)
	follow(t, m, "in game", func(s monitor.Snapshot) bool { return s.Client.String() == "IN_GAME" })
	code, text := ask(t, s, "GET", "/snapshot", "", nil)
	var fields map[string]json.RawMessage
	if err := json.Unmarshal([]byte(text), &fields); err != nil || code != 200 {
		t.Fatal(code, err)
	}
	for _, name := range []string{"status", "client", "server", "settings", "profile", "automatic", "reconnect", "last_reconnect", "tray", "version"} {
		if _, ok := fields[name]; !ok {
			t.Errorf("there is no %s in %s", name, text)
		}
	}
	r := decode[Report](t, text)
	if r.Status != "IN_GAME" || !r.Tray || r.Version != "1.0.0" || r.Profile != "default" || r.Reconnect != nil || r.Last != nil || r.Server.State != "unknown" {
		t.Errorf("%+v", r)
	}
	if d := time.Since(r.Client.Since); d < 0 || d > time.Minute {
		t.Errorf("in game since %v", r.Client.Since)
	}
}
