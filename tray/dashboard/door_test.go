package dashboard

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// Each of these is refused, whatever path it asks for, with nothing but the code.
func TestDoorKeepsOthersOut(t *testing.T) {
	f := newFixture(t)
	address, token := f.enter()
	_, port, _ := net.SplitHostPort(address)
	foreign := map[string]func(*http.Request){
		"a foreign host (DNS rebinding)":   func(r *http.Request) { r.Host = "evil.example:" + port },
		"localhost":                        func(r *http.Request) { r.Host = "localhost:" + port },
		"another port":                     func(r *http.Request) { r.Host = "127.0.0.1:1" },
		"no port":                          func(r *http.Request) { r.Host = "127.0.0.1" },
		"a foreign origin":                 header("Origin", "https://evil.example"),
		"another local server's page":      header("Origin", "http://127.0.0.1:3000"),
		"a sandboxed page":                 header("Origin", "null"),
		"two origins":                      header("Origin", "http://"+address, "https://evil.example"),
		"a page of another site":           header("Sec-Fetch-Site", "cross-site"),
		"a page of the same site":          header("Sec-Fetch-Site", "same-site"),
		"a page of no kind that there is":  header("Sec-Fetch-Site", ""),
		"its own page and one from abroad": header("Sec-Fetch-Site", "same-origin", "cross-site"),
	}
	for name, change := range foreign {
		for path := range routes {
			f.refused(name+", "+path, http.StatusForbidden, f.ask(routes[path].method, address, path, "{}", with(token), change))
		}
		for _, path := range []string{"/", "/app.js", "/icons/app.svg", "/nowhere"} {
			f.refused(name+", "+path, http.StatusForbidden, f.ask("GET", address, path, "", change))
		}
	}
	for path, there := range routes {
		if there.open {
			continue
		}
		for name, change := range map[string]func(*http.Request){
			"no token":       func(*http.Request) {},
			"an empty token": header("Authorization", "Bearer "),
			"a wrong token":  with(strings.Repeat("A", len(token))),
			"half a token":   with(token[:len(token)/2]),
			"a bare token":   header("Authorization", token),
			"another scheme": header("Authorization", "Basic "+token),
			"two tokens":     header("Authorization", "Bearer "+token, "Bearer "+token),
			"a cookie":       header("Cookie", "token="+token),
		} {
			f.refused(name+", "+path, http.StatusForbidden, f.ask(there.method, address, path, "{}", change))
		}
	}
	// Who has no token does not learn what there is.
	for _, path := range []string{"/api/", "/api/nowhere", "/api/do", "/api/start"} {
		for _, method := range []string{"GET", "POST", "PUT", "OPTIONS"} {
			f.refused(method+" "+path, http.StatusForbidden, f.ask(method, address, path, "{}"))
		}
	}
	if len(f.did) > 0 {
		t.Errorf("one of them did %v", f.did)
	}
}

func (f *fixture) refused(what string, code int, answer *http.Response) {
	f.t.Helper()
	text, _ := io.ReadAll(answer.Body)
	if answer.StatusCode != code || strings.TrimSpace(string(text)) != http.StatusText(code) {
		f.t.Errorf("%s: %d %q, want %d", what, answer.StatusCode, text, code)
	}
	f.guarded(what, answer)
}

// guarded checks the headers that every answer has.
func (f *fixture) guarded(what string, answer *http.Response) {
	f.t.Helper()
	for name, value := range headers {
		if got := answer.Header[name]; len(got) != 1 || got[0] != value {
			f.t.Errorf("%s: %s is %q", what, name, got)
		}
	}
	for name := range answer.Header {
		if strings.HasPrefix(name, "Access-Control-") || name == "Set-Cookie" {
			f.t.Errorf("%s: it has %s", what, name)
		}
	}
}

// A form can be sent by any page, and an old browser adds no Sec-Fetch-Site.
func TestDoorTakesNoForm(t *testing.T) {
	f := newFixture(t)
	address, code := f.open()
	token := f.exchange(address, code)
	bare := func(r *http.Request) { r.Header.Del("Sec-Fetch-Site") }
	for name, changes := range map[string][]func(*http.Request){
		"no origin":       {header("Origin")},
		"an empty origin": {header("Origin", "")},
		"a form":          {header("Content-Type", "application/x-www-form-urlencoded")},
		"a file":          {header("Content-Type", "multipart/form-data; boundary=x")},
		"text":            {header("Content-Type", "text/plain")},
		"no type":         {header("Content-Type")},
		"two types":       {header("Content-Type", "application/json", "text/plain")},
	} {
		for path, there := range routes {
			if there.method == http.MethodPost {
				f.refused(name+", "+path, http.StatusForbidden, f.ask("POST", address, path, `{"action":"reconnect"}`, append(changes, bare, with(token))...))
			}
		}
	}
	if len(f.did) > 0 {
		t.Errorf("one of them did %v", f.did)
	}
}

// The marks that the page draws at its own sizes are not cut at their edge.
func TestMarksAreWhole(t *testing.T) {
	for _, name := range []string{"overlay_paused.svg", "in_game+overlay_failed.svg"} {
		if svg, ok := drawing(name); !ok || !strings.Contains(string(svg), `viewBox="0 0 70 70"`) {
			t.Errorf("%s: %s", name, svg)
		}
	}
}

func TestDoorKnowsPathsAndMethods(t *testing.T) {
	f := newFixture(t)
	address, token := f.enter()
	for _, c := range []struct {
		method, path string
		code         int
	}{
		{"GET", "/", 200}, {"GET", "/style.css", 200}, {"GET", "/app.js", 200}, {"GET", "/icons/in_game.svg", 200},
		{"GET", "/icons/in_game+overlay_failed.svg", 200}, {"GET", "/icons/in_game+nothing.svg", 404}, {"GET", "/icons/nothing+overlay_failed.svg", 404},
		{"GET", "/icons/overlay_paused.svg", 200}, {"GET", "/api/start", 200}, {"GET", "/api/history", 200},
		{"GET", "/index.html", 404}, {"GET", "/page/app.js", 404}, {"GET", "/icons/", 404}, {"GET", "/icons", 404}, {"GET", "/icons/../app.js", 404},
		{"GET", "/icons/png/in_game-64.png", 404}, {"GET", "/icons/contact-sheet.png", 404}, {"GET", "/../go.mod", 404}, {"GET", "/%2e%2e/go.mod", 404},
		{"GET", "/api", 404}, {"GET", "/api/", 404}, {"GET", "/api/nowhere", 404}, {"GET", "//", 404}, {"GET", "/api/do/", 404}, {"GET", "/api%2Fstart", 404},
		{"GET", "/favicon.ico", 404}, {"GET", "/debug/pprof/", 404},
		{"GET", "/api/do", 405}, {"GET", "/api/session", 405}, {"POST", "/api/start", 405}, {"POST", "/", 405},
		{"HEAD", "/", 405}, {"OPTIONS", "/api/do", 405}, {"PUT", "/api/do", 405}, {"DELETE", "/app.js", 405}, {"TRACE", "/", 405},
	} {
		answer := f.ask(c.method, address, c.path, "{}", with(token))
		if answer.StatusCode != c.code {
			t.Errorf("%s %s gives %d, want %d", c.method, c.path, answer.StatusCode, c.code)
		}
		f.guarded(c.path, answer)
	}
	typed := f.ask("GET", address, "/", "", header("Sec-Fetch-Site", "none"))
	if kind := typed.Header.Get("Content-Type"); typed.StatusCode != 200 || kind != "text/html; charset=utf-8" {
		t.Errorf("the page, opened from elsewhere: %d %s", typed.StatusCode, kind)
	}
	f.refused("a typed path", http.StatusForbidden, f.ask("GET", address, "/app.js", "", header("Sec-Fetch-Site", "none")))
}

// raw sends bytes that no client of net/http would.
func raw(t *testing.T, address, text string) string {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	if _, err := io.WriteString(conn, text); err != nil {
		t.Fatal(err)
	}
	answer, _ := io.ReadAll(conn)
	return string(answer)
}

func TestDoorTakesNoStrangeRequest(t *testing.T) {
	f := newFixture(t)
	address, token := f.enter()
	host, auth := "Host: "+address+"\r\n", "Authorization: Bearer "+token+"\r\n"
	for text, code := range map[string]string{
		"GET http://" + address + "/ HTTP/1.1\r\n" + host + "\r\n":                                "403",
		"GET http://" + address + "/api/start HTTP/1.1\r\nHost: evil.example\r\n" + auth + "\r\n": "403",
		"OPTIONS * HTTP/1.1\r\n" + host + auth + "\r\n":                                           "403",
		"CONNECT " + address + " HTTP/1.1\r\n" + host + auth + "\r\n":                             "403",
		"GET /api/start HTTP/1.0\r\n" + auth + "\r\n":                                             "403",
		"GET / HTTP/1.1\r\n\r\n":                                                                  "400",
		"GET / HTTP/1.1\r\n" + host + "Host: evil.example\r\n\r\n":                                "400",
		"GET / HTTP/1.1\r\n" + host + strings.Repeat("x: y\r\n", 2*maxHeader) + "\r\n":            "431",
	} {
		if answer := raw(t, address, text); !strings.HasPrefix(answer[min(len("HTTP/1.x"), len(answer)):], " "+code+" ") {
			t.Errorf("%.80q is answered with %.80q, want %s", text, answer, code)
		}
	}
}

func TestCodeIsGoodOnceAndForAMinute(t *testing.T) {
	f := newFixture(t)
	address, first := f.open()
	_, second := f.open()
	_, third := f.open()
	if f.exchange(address, "") != "" || f.exchange(address, strings.ToLower(first)) != "" {
		t.Error("a wrong code is good")
	}
	token := f.exchange(address, first)
	if token == "" || f.exchange(address, first) != "" {
		t.Error("a code is not good once")
	}
	f.mu.Lock()
	f.ahead = codeLife - time.Second
	f.mu.Unlock()
	if f.exchange(address, second) == "" {
		t.Error("a code is not good after 59 s")
	}
	f.mu.Lock()
	f.ahead = codeLife + time.Second
	f.mu.Unlock()
	if f.exchange(address, third) != "" {
		t.Error("a code is good after 61 s")
	}
	if code := f.code(f.ask("GET", address, "/api/start", "", with(token))); code != http.StatusOK {
		t.Errorf("a token is not good any more: %d", code)
	}
}

func TestKeysAreBounded(t *testing.T) {
	var k keys
	now := time.Now()
	first := k.newCode(now)
	var tokens []string
	for range maxKeys {
		code := k.newCode(now)
		token, ok := k.exchange(code, now)
		if !ok {
			t.Fatal("a fresh code is not good")
		}
		tokens = append(tokens, token)
	}
	if _, ok := k.exchange(first, now); !ok {
		t.Error("a code that was not used is forgotten")
	}
	if k.valid(tokens[0]) || !k.valid(tokens[1]) {
		t.Error("not the newest tokens are kept")
	}
	for range maxKeys + 1 {
		k.newCode(now)
	}
	if len(k.codes) > maxKeys || !k.valid(tokens[1]) || k.valid("") {
		t.Errorf("%d codes", len(k.codes))
	}
}

// Those who connect and say nothing take no place from a page for long.
func TestDoorOutlastsSlowConnections(t *testing.T) {
	f := newFixture(t)
	address, token := f.enter()
	for i := range 500 {
		conn, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = conn.Close() }()
		_, _ = fmt.Fprintf(conn, "GET / HTTP/1.1\r\nHost: %s\r\nX-%d: ", address, i)
	}
	f.Server.mu.Lock()
	slots := f.serving.slots
	f.Server.mu.Unlock()
	if len(slots) > maxConns {
		t.Errorf("%d connections at a time", len(slots))
	}
	if code := f.code(f.ask("GET", address, "/api/start", "", with(token))); code != http.StatusOK {
		t.Errorf("a page beside them gets %d", code)
	}
}

// endless is a body that counts what was read of it.
type endless struct {
	left int
	read atomic.Int64
}

func (e *endless) Read(p []byte) (int, error) {
	n := min(len(p), e.left)
	if n == 0 {
		return 0, io.EOF
	}
	e.left -= n
	e.read.Add(int64(n))
	return copy(p, bytes.Repeat([]byte(" "), n)), nil
}

func TestDoorReadsNoLongBody(t *testing.T) {
	f := newFixture(t)
	address, token := f.enter()
	const size = 100 << 20
	for name, changes := range map[string][]func(*http.Request){"with a token": {with(token)}, "without": {}} {
		body := &endless{left: size}
		r, err := http.NewRequest("POST", "http://"+address+"/api/do", body)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Origin", "http://"+address)
		r.Header.Set("Content-Type", "application/json")
		for _, c := range changes {
			c(r)
		}
		answer, err := f.client.Do(r)
		if err == nil {
			_ = answer.Body.Close()
			if answer.StatusCode != http.StatusRequestEntityTooLarge && answer.StatusCode != http.StatusForbidden {
				t.Errorf("%s it is answered with %d", name, answer.StatusCode)
			}
		}
		if read := body.read.Load(); read > size/2 {
			t.Errorf("%s, %d bytes of it were read", name, read)
		}
	}
	if len(f.did) > 0 {
		t.Errorf("it did %v", f.did)
	}
}
