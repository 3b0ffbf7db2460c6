package http1

import (
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// serving starts a server on a port that the system picks.
func serving(t *testing.T, s *Server) (address string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.Start(l)
	t.Cleanup(func() { s.Close(false) })
	return l.Addr().String()
}

// echo answers with what it was asked.
func echo(a *Answer, r *Request) {
	if r.BodyError != nil {
		a.Text(StatusBadRequest, "broken off")
		return
	}
	a.Text(StatusOK, r.Method+" "+r.Path+" "+r.Host+" "+r.Get("X-Own-Name")+" "+string(r.Body))
}

// What net/http's client asks is understood, and its answer by it.
func TestServerWithTheStandardClient(t *testing.T) {
	address := serving(t, &Server{Handler: echo, MaxBody: 1000})
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()
	long := strings.Repeat("x", 1000)
	for _, c := range []struct {
		method, path, body, want string
		code                     int
		chunked                  bool
	}{
		{"GET", "/status", "", "GET /status " + address + " own ", 200, false},
		{"GET", "/status?a=%zz&b", "", "GET /status " + address + " own ", 200, false},
		{"POST", "/x", "pass word", "POST /x " + address + " own pass word", 200, false},
		{"POST", "/x", "pass word", "POST /x " + address + " own pass word", 200, true},
		{"POST", "/x", long, "POST /x " + address + " own " + long, 200, false},
		{"POST", "/x", long, "POST /x " + address + " own " + long, 200, true},
		{"POST", "/x", long + "x", "broken off", 400, false},
		{"POST", "/x", long + "x", "broken off", 400, true},
		{"POST", "/x", strings.Repeat("x", 1<<20), "broken off", 400, false},
		{"HEAD", "/status", "", "", 200, false},
	} {
		body := io.Reader(strings.NewReader(c.body))
		if c.chunked {
			body = struct{ io.Reader }{body} // hides its length
		}
		req, err := http.NewRequestWithContext(t.Context(), c.method, "http://"+address+c.path, body)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("X-OWN-name", "own")
		resp, err := transport.RoundTrip(req)
		if err != nil {
			t.Fatalf("%s %s, body of %d: %v", c.method, c.path, len(c.body), err)
		}
		text, err := io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		if err != nil || resp.StatusCode != c.code || string(text) != c.want {
			t.Errorf("%s %s: %d %q, %v; want %d %q", c.method, c.path, resp.StatusCode, text, err, c.code, c.want)
		}
	}
}

// ask sends text and gives all that comes until the end.
func ask(t *testing.T, address, text string) string {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
	if _, err := io.WriteString(conn, text); err != nil {
		t.Fatal(err)
	}
	answer, err := io.ReadAll(conn)
	if err != nil {
		t.Errorf("%.40q: %v", text, err)
	}
	return string(answer)
}

func TestServerRefusesWhatIsNoRequest(t *testing.T) {
	address := serving(t, &Server{MaxBody: 10, Handler: func(a *Answer, r *Request) {
		t.Errorf("taken for a request: %+v", r)
	}})
	for _, text := range []string{
		"\r\n", "x\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/2.0\r\nHost: x\r\n\r\n", "GET / HTTP/1.1\r\n\r\n",
		"GET http://x/ HTTP/1.1\r\nHost: x\r\n\r\n", "GET x HTTP/1.1\r\nHost: x\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", "GET / HTTP/1.1\r\nHost : x\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: x\r\nno field\r\n\r\n", "GET / HTTP/1.1\r\nHost: x\r\n folded: y\r\n\r\n",
		"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: +1\r\n\r\n",
		"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
		"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n",
		"POST / HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n",
		"GET /" + strings.Repeat("x", maxHeader) + " HTTP/1.1\r\nHost: x\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: x\r\n" + strings.Repeat("x: y\r\n", maxHeader) + "\r\n",
	} {
		if got := ask(t, address, text); !strings.HasPrefix(got, "HTTP/1.1 400 ") {
			t.Errorf("%.60q is answered with %q", text, got)
		}
	}
}

// Who is not admitted is told nothing else, whatever he asks for, as long as it
// is a request; who is gets what he would get without Admit.
func TestAdmitComesFirst(t *testing.T) {
	shut := serving(t, &Server{MaxBody: 10, Admit: func(*Request) bool { return false }, Handler: func(a *Answer, r *Request) {
		t.Errorf("let in: %+v", r)
	}})
	open := serving(t, &Server{MaxBody: 10, Admit: func(r *Request) bool { return r.Body == nil }, Handler: echo})
	for _, c := range []struct{ text, shut, open string }{
		{"GET / HTTP/1.1\r\nHost: x\r\n\r\n", "403", "200"},
		{"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nab", "403", "200"},
		{"POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nab", "403", "100"},
		{"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\n\r\n" + strings.Repeat("x", 11), "403", "400"},
		{"GET / HTTP/1.1\r\n\r\n", "403", "400"},
		{"GET / HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n", "403", "400"},
		{"GET http://x/ HTTP/1.1\r\nHost: x\r\n\r\n", "403", "400"},
		{"OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", "403", "400"},
		{"CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n", "403", "400"},
		{"GET / HTTP/2.0\r\nHost: x\r\n\r\n", "400", "400"},
		{"GET / HTTP/1.1\r\nHost: x\r\nno field\r\n\r\n", "400", "400"},
		{"GET  HTTP/1.1\r\nHost: x\r\n\r\n", "400", "400"},
	} {
		for address, want := range map[string]string{shut: c.shut, open: c.open} {
			text := strings.Replace(c.text, "Host: x\r\n", "Host: x\r\nConnection: close\r\n", 1)
			if got := ask(t, address, text); !strings.HasPrefix(got, "HTTP/1.1 "+want+" ") {
				t.Errorf("%q is answered with %q, want %s", text, got, want)
			}
		}
	}
}

func TestConnectionIsKeptOrClosed(t *testing.T) {
	const get = "GET / HTTP/1.1\r\nHost: x\r\n"
	for name, c := range map[string]struct {
		server  *Server
		text    string
		answers int
	}{
		"pipelined":     {&Server{}, get + "\r\n" + get + "Connection: close\r\n\r\n", 2},
		"close at once": {&Server{}, get + "Connection: x, Close\r\n\r\n" + get + "\r\n", 1},
		"HTTP/1.0":      {&Server{}, "GET / HTTP/1.0\r\n\r\n" + get + "\r\n", 1},
		"never":         {&Server{NoKeepAlive: true}, get + "\r\n" + get + "\r\n", 1},
	} {
		c.server.Handler = echo
		got := ask(t, serving(t, c.server), c.text)
		if n := strings.Count(got, "HTTP/1.1 200 OK"); n != c.answers || !strings.Contains(got, "Connection: close") {
			t.Errorf("%s: %d answers, want %d: %q", name, n, c.answers, got)
		}
	}
	waits := serving(t, &Server{Handler: echo, MaxBody: 5})
	if got := ask(t, waits, "POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 5\r\nConnection: close\r\n\r\nabcde"); !strings.HasPrefix(got, "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n") {
		t.Errorf("it answers %q", got)
	}
	if got := ask(t, serving(t, &Server{Handler: func(*Answer, *Request) {}}), get+"\r\n"); got != "" {
		t.Errorf("it answers %q", got)
	}
}

func TestLimitsOfTime(t *testing.T) {
	short := 20 * time.Millisecond
	for name, c := range map[string]struct {
		server *Server
		text   string
	}{
		"nothing asked":    {&Server{FirstByte: short}, ""},
		"nothing more":     {&Server{Idle: short}, "GET / HTTP/1.1\r\nHost: x\r\n\r\n"},
		"half a header":    {&Server{Request: short}, "GET / HTTP/1.1\r\nHo"},
		"half of the body": {&Server{Request: short, MaxBody: 5}, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nab"},
	} {
		t.Run(name, func(t *testing.T) {
			c.server.Handler = echo
			ask(t, serving(t, c.server), c.text) // or it waits for ten seconds, and says so
		})
	}
}

func TestContextEndsWithTheAsker(t *testing.T) {
	begun, ended := make(chan struct{}), make(chan struct{})
	s := &Server{Handler: func(_ *Answer, r *Request) {
		begun <- struct{}{}
		<-r.Context().Done()
		ended <- struct{}{}
	}}
	address := serving(t, s)
	goes := func(conn net.Conn) { _ = conn.Close() }
	leaves(t, address, "", begun, ended, goes)
	leaves(t, address, "GET /next HTTP/1.1\r\n", begun, ended, goes) // he has said more by then
	leaves(t, address, "", begun, ended, func(net.Conn) { go s.Close(true) })
}

func leaves(t *testing.T, address, more string, begun, ended chan struct{}, leave func(net.Conn)) {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	_, _ = io.WriteString(conn, "GET / HTTP/1.1\r\nHost: x\r\n\r\n"+more)
	<-begun
	leave(conn)
	select {
	case <-ended:
	case <-time.After(10 * time.Second):
		t.Fatal("the request goes on")
	}
}

func TestCloseBeforeAndTwice(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &Server{Handler: echo}
	s.Close(false)
	s.Start(l)
	s.Close(true)
	if conn, err := net.Dial("tcp", l.Addr().String()); err == nil {
		_ = conn.Close()
		t.Error("it listens after Close")
	}
}
