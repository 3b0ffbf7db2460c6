package control

import (
	"bufio"
	"bytes"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"altv-tray/monitor"
	"altv-tray/monitor/simulator"
)

// FuzzRequests sends bytes as they are to the server, in which {token} and {host}
// stand for the right ones. With a wrong token of the same length there is no
// answer but 403, or what package http refuses by itself, and nothing is done;
// with the right one the same holds where http.ReadRequest does not see it given
// the way it has to be.
func FuzzRequests(f *testing.F) {
	const head = " HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\n"
	for _, text := range []string{
		"GET /snapshot" + head + "\r\n",
		"POST /reconnect" + head + "Content-Length: 26\r\n\r\n{\"wait\":false,\"timeout\":1}",
		"POST /reconnect" + head + "Content-Length: 28\r\n\r\n{\"wait\":true,\"timeout\":-1}{{",
		"POST /pause" + head + "Content-Length: 11\r\n\r\n{\"pause\":0}",
		"POST /pause" + head + "Content-Length: 30\r\n\r\n{\"pause\":-9223372036854775808}",
		"GET /watch" + head + "\r\n",
		"POST /press" + head + "Content-Length: 14\r\n\r\n{\"code\":\"abc\"}",
		"POST /resume" + head + "Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n",
		"POST /ready" + head + "Expect: 100-continue\r\nContent-Length: 1\r\n\r\nx",
		"POST /password" + head + "Content-Length: 2\r\n\r\n{}POST /quit" + head + "\r\n",
		"GET /snapshot" + head + "Connection: keep-alive\r\n\r\n",
		"GET /snapshot" + head + "\r\nnne\xb3\xb3\xb3\xb3\xb3: kection\xb3\xb3\xb3Co\r\n",
		"POST /quit" + head + "Origin: null\r\n\r\n",
		"GET /../snapshot?a=%zz" + head + "\r\n{}",
		"GET /snapshot HTTP/1.0\nauthorization:Bearer {token}\n\n",
		"GET /snapshot HTTP/1.1\r\nHost: {host}\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\n\r\n",
		"GET /snapshot HTTP/1.1\r\nHost: localhost\r\nAuthorization: x\r\nAuthorization: Bearer {token}\r\n\r\n",
		"GET /snapshot HTTP/1.1\r\nAuthorization: Bearer {token}\r\n\r\n",
		"OPTIONS * HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\n\r\n",
		"GET http://{host}/snapshot HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\n\r\n",
		"GET http://{host}/snapshot HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n\r\n",
	} {
		f.Add([]byte(text))
	}
	open, shut := wired(f), wired(f)
	untouched := shut.server.app.Monitor.Snapshot()
	sub := shut.server.app.Monitor.Subscribe()
	f.Cleanup(sub.Close)
	fill := func(text []byte, to *wire, token string) []byte {
		return []byte(strings.NewReplacer("{token}", token, "{host}", to.server.at.Address).Replace(string(text)))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		asked := fill(text, shut, open.server.at.Token)
		code, answer := shut.ask(t, asked)
		if code != 0 && code != http.StatusForbidden && !noRequest(code) {
			t.Errorf("without the token %q gives %q", asked, answer)
		}
		if bytes.Contains(answer, []byte(shut.server.at.Token)) {
			t.Errorf("%q is told the token: %q", asked, answer)
		}
		snap, events := sub.Take()
		for _, e := range events {
			if e.Kind != monitor.ClientChanged && e.Kind != monitor.ServerChanged { // what is seen of the world
				t.Errorf("without the token there came an event %d, by now of %q", e.Kind, asked)
			}
		}
		if snap.PausedUntil != untouched.PausedUntil || snap.Last != untouched.Last || snap.Reconnect != untouched.Reconnect || shut.quits() > 0 {
			t.Errorf("without the token something was done, by now by %q: %+v", asked, snap)
		}

		asked = fill(text, open, open.server.at.Token)
		code, answer = open.ask(t, asked)
		switch {
		case code >= 500 && !noRequest(code) || bytes.Contains(answer, []byte(open.server.at.Token)):
			t.Errorf("%q gives %q", asked, answer)
		case code == 0 || code == http.StatusForbidden || noRequest(code) && !bytes.Contains(asked, []byte(open.server.at.Token)):
			return
		}
		r, err := http.ReadRequest(bufio.NewReader(bytes.NewReader(asked)))
		if err != nil {
			// Only the right token can have been let in, then, too.
			if !noRequest(code) && !bytes.Contains(asked, []byte("Bearer "+open.server.at.Token)) {
				t.Errorf("%q gives %q", asked, answer)
			}
			return
		}
		allowed := map[string]string{
			"/snapshot": "GET", "/look": "GET", "/watch": "GET", "/checks": "GET", "/reconnect": "POST", "/ready": "POST", "/pause": "POST", "/resume": "POST", "/password": "POST", "/quit": "POST", "/open": "POST", "/press": "POST",
		}
		if _, fromPage := r.Header["Origin"]; !noRequest(code) &&
			(r.Header.Get("Authorization") != "Bearer "+open.server.at.Token || r.Host != open.server.at.Address || fromPage) {
			t.Errorf("%q is let in: %q", asked, answer)
		}
		method, known := allowed[strings.SplitN(r.RequestURI, "?", 2)[0]]
		switch code {
		case http.StatusOK:
			if r.Method != method {
				t.Errorf("%q gives %q", asked, answer)
			}
		case http.StatusNotFound:
			if known && r.Method == method {
				t.Errorf("%q gives %q", asked, answer)
			}
		default:
			if !noRequest(code) {
				t.Errorf("%q gives %q", asked, answer)
			}
		}
	})
}

// noRequest reports whether package http refuses with that code what it does not
// take for a request, and hands to no handler.
func noRequest(code int) bool {
	switch code {
	case http.StatusBadRequest, http.StatusExpectationFailed, http.StatusRequestHeaderFieldsTooLarge,
		http.StatusNotImplemented, http.StatusHTTPVersionNotSupported:
		return true
	}
	return false
}

// wire is a server that is asked without a port.
type wire struct {
	server *Server
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
	quit   chan struct{} // one for each time that it was asked to
}

func wired(f *testing.F) *wire {
	w := &wire{conns: make(chan net.Conn), closed: make(chan struct{}), quit: make(chan struct{}, 1)}
	m := monitored(f, &simulator.Network{})
	app := appOf(m)
	order := app.Order
	app.Order = func(what string, with Request) bool {
		if what == Quit {
			select {
			case w.quit <- struct{}{}:
			default:
			}
		}
		return order(what, with)
	}
	s, err := Listen(f.TempDir(), app)
	if err != nil {
		f.Fatal(err)
	}
	w.server = s
	go func() { _ = s.http.Serve(w) }()
	f.Cleanup(func() { _, _ = s.http.Close(), s.listener.Close() })
	return w
}

func (w *wire) quits() int { return len(w.quit) }

// ask has a conversation in which no more than text is ever said. The code is
// that of the first answer, 0 without one.
func (w *wire) ask(t *testing.T, text []byte) (code int, answer []byte) {
	c := &said{in: bytes.NewReader(text), ended: make(chan struct{})}
	w.conns <- c
	<-c.ended
	answer = c.out.Bytes()
	if len(answer) == 0 {
		return 0, nil
	}
	r := bufio.NewReader(bytes.NewReader(answer))
	for code < 200 {
		got, err := http.ReadResponse(r, nil)
		if err != nil {
			t.Errorf("%q is answered with %q: %v", text, answer, err)
			return 0, answer
		}
		code = got.StatusCode
	}
	return code, answer
}

// Accept, Close and Addr make it the server's listener.
func (w *wire) Accept() (net.Conn, error) {
	select {
	case c := <-w.conns:
		return c, nil
	case <-w.closed:
		return nil, net.ErrClosed
	}
}

func (w *wire) Close() error {
	w.once.Do(func() { close(w.closed) })
	return nil
}

func (w *wire) Addr() net.Addr { return w.server.listener.Addr() }

// said is a connection on which everything was said at once.
type said struct {
	net.Conn
	in    *bytes.Reader
	out   bytes.Buffer
	once  sync.Once
	ended chan struct{}
}

func (c *said) Read(into []byte) (int, error)  { return c.in.Read(into) }
func (c *said) Write(text []byte) (int, error) { return c.out.Write(text) }
func (c *said) Close() error                   { c.once.Do(func() { close(c.ended) }); return nil }
func (*said) RemoteAddr() net.Addr             { return &net.TCPAddr{} }
func (*said) LocalAddr() net.Addr              { return &net.TCPAddr{} }
func (*said) SetDeadline(time.Time) error      { return nil }
func (*said) SetReadDeadline(time.Time) error  { return nil }
func (*said) SetWriteDeadline(time.Time) error { return nil }
