package debugport

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// on answers GET and POST with bytes of their own, over a kept connection.
func on(get, post string) func(*rawServer, net.Conn) {
	return func(s *rawServer, conn net.Conn) {
		r := bufio.NewReader(conn)
		for {
			req, ok := s.request(r)
			if !ok {
				return
			}
			answer := get
			if req.Method == http.MethodPost {
				answer = post
			}
			if _, err := io.WriteString(conn, answer); err != nil || strings.Contains(answer, "close") || answer == "" {
				return
			}
		}
	}
}

func TestReconnectAnswers(t *testing.T) {
	for _, c := range []struct {
		name string
		post string
		want Answer
		code int
	}{
		{"200", says("OK"), Accepted, 200},
		{"200, empty", says(""), Accepted, 200},
		{"202", answers("202 Accepted", "", ""), Accepted, 202},
		{"204", "HTTP/1.1 204 No Content\r\n\r\n", Accepted, 204},
		{"100 first", "HTTP/1.1 100 Continue\r\n\r\n" + says("OK"), Accepted, 200},
		{"chunked", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nOK\r\n0\r\n\r\n", Accepted, 200},
		{"closing", answers("200 OK", "Connection: close\r\n", "OK"), Accepted, 200},
		{"404", answers("404 Not Found", "", "no"), Refused, 404},
		{"500", answers("500 Internal Server Error", "", "no"), Refused, 500},
		{"302", answers("302 Found", "Location: http://127.0.0.1:1/\r\n", ""), Refused, 302},
		{"401", answers("401 Unauthorized", "", ""), Refused, 401},
		{"closed without an answer", "", Unanswered, 0},
		{"not HTTP", "close me\r\n", Unanswered, 0},
		{"half an answer", "HTTP/1.1 200 OK\r\nX-close: 1\r\nContent-Length: 100\r\n\r\nOK", Unanswered, 200},
		{"1 MB of header", "HTTP/1.1 200 OK\r\nconnection: close\r\n" + bigHeader + "\r\n", Unanswered, 0},
		{"1 MB of body", answers("200 OK", "Connection: close\r\n", strings.Repeat("x", 1<<20)), Unanswered, 200},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := serveRaw(t, "127.0.0.1:0", on(says("MAIN_MENU"), c.post))
			client := newClient(t, s.addr())
			if r := client.Status(true); !r.Ready() {
				t.Fatalf("it is %+v", r)
			}
			if answer, code := client.Reconnect("geheim"); answer != c.want || code != c.code {
				t.Errorf("it is %v, %d, want %v, %d", answer, code, c.want, c.code)
			}
			// A POST that may have been heard is never repeated.
			if got := s.bodies(); !slices.Equal(got, []string{"geheim"}) {
				t.Errorf("it got the bodies %q", got)
			}
			if r := client.Status(true); !r.Ready() {
				t.Errorf("afterwards it is %+v", r)
			}
		})
	}
}

func TestReconnectBytes(t *testing.T) {
	long := strings.Repeat("Паро́ль-密码-ß😀&?=%#\"\\ ", 100)
	for len(long) > 2560 {
		long = long[:len(long)-1]
	}
	long = strings.ToValidUTF8(long, "")
	long += strings.Repeat("x", 2560-len(long))
	for name, password := range map[string]string{
		"empty": "", "one byte": "x", "2,560 bytes of UTF-8": long, "line ends": "a\r\nContent-Length: 0\r\n\r\nGET /x", "NUL": "a\x00b",
	} {
		t.Run(name, func(t *testing.T) {
			headers := make(chan http.Header, 1)
			s := serveRaw(t, "127.0.0.1:0", func(s *rawServer, conn net.Conn) {
				r := bufio.NewReader(conn)
				for {
					req, ok := s.request(r)
					if !ok {
						return
					}
					if req.Method == http.MethodPost {
						req.Header.Set("Content-Length", req.Header.Get("Content-Length"))
						headers <- req.Header
						if req.RequestURI != "/reconnect" || req.Host != s.addr() || req.ContentLength != int64(len(password)) {
							t.Errorf("it is %s for %s with length %d", req.RequestURI, req.Host, req.ContentLength)
						}
					}
					_, _ = io.WriteString(conn, says("IN_GAME"))
				}
			})
			client := newClient(t, s.addr())
			client.Status(true)
			if answer, code := client.Reconnect(password); answer != Accepted || code != 200 {
				t.Fatalf("it is %v, %d", answer, code)
			}
			if got := s.bodies(); len(got) != 1 || got[0] != password {
				t.Errorf("the body differs: %q", got)
			}
			h := <-headers
			if h.Get("Authorization")+h.Get("Cookie") != "" || h.Get("Expect") != "" {
				t.Errorf("the header is %v", h)
			}
			for key, values := range h {
				if password != "" && len(password) > 1 && strings.Contains(key+strings.Join(values, ""), password) {
					t.Errorf("the password stands in the header %s", key)
				}
			}
			if s.accepted() != 1 {
				t.Errorf("it took %d connections", s.accepted())
			}
		})
	}
}

// TestReconnectEmptyBody: an empty body has a length, or a server would wait
// for one, or for the end.
func TestReconnectEmptyBody(t *testing.T) {
	raw := make(chan string, 1)
	s := serveRaw(t, "127.0.0.1:0", func(_ *rawServer, conn net.Conn) {
		buf := make([]byte, 4096)
		for range 2 {
			n, err := conn.Read(buf)
			if err != nil {
				return
			}
			if text := string(buf[:n]); strings.HasPrefix(text, "POST ") {
				raw <- text
			}
			_, _ = io.WriteString(conn, says("MAIN_MENU"))
		}
	})
	client := newClient(t, s.addr())
	client.Status(true)
	client.Reconnect("")
	want := "POST /reconnect HTTP/1.1\r\nHost: " + s.addr() + "\r\nUser-Agent: altv-tray\r\nContent-Length: 0\r\n" +
		"Accept: */*\r\nContent-Type: text/plain;charset=UTF-8\r\n\r\n"
	if got := <-raw; got != want {
		t.Errorf("the request is %q, want %q", got, want)
	}
}

func TestReconnectOnlyAfterAStatus(t *testing.T) {
	s := serveRaw(t, "127.0.0.1:0", on(says("MAIN_MENU"), says("OK")))
	client := newClient(t, s.addr())
	if answer, code := client.Reconnect("geheim"); answer != NotSent || code != 0 || len(s.bodies()) != 0 {
		t.Errorf("without a status it is %v, and the port got %q", answer, s.bodies())
	}
}

// sendAtLast goes on as the monitor does until something is sent.
func sendAtLast(t *testing.T, client *Client, tries int) Answer {
	t.Helper()
	for range tries {
		if r := client.Status(true); !r.Ready() {
			t.Fatalf("it is %+v", r)
		}
		if answer, _ := client.Reconnect("geheim"); answer != NotSent {
			return answer
		}
	}
	return NotSent
}

// TestReconnectWhereEachAnswerCloses: a port that keeps no connection gets its
// POST all the same.
func TestReconnectWhereEachAnswerCloses(t *testing.T) {
	for name, c := range map[string]struct {
		answer string
		tries  int
	}{
		"and says so":          {answers("200 OK", "Connection: close\r\n", "MAIN_MENU"), 1},
		"by HTTP/1.0":          {"HTTP/1.0 200 OK\r\nContent-Length: 9\r\n\r\nMAIN_MENU", 1},
		"and ends by that":     {"HTTP/1.1 200 OK\r\n\r\nMAIN_MENU", 1},
		"without saying so":    {says("MAIN_MENU"), 3},
		"with a bit too much":  {says("MAIN_MENU") + "\r\n", 3},
		"by HTTP/1.0, lengthy": {"HTTP/1.0 200 OK\r\n\r\nMAIN_MENU" + strings.Repeat(" ", 8000), 1},
	} {
		t.Run(name, func(t *testing.T) {
			s := serveRaw(t, "127.0.0.1:0", once(c.answer))
			client := newClient(t, s.addr())
			if answer := sendAtLast(t, client, c.tries); answer != Accepted {
				t.Fatalf("in %d tries it is %v", c.tries, answer)
			}
			if got := s.bodies(); !slices.Equal(got, []string{"geheim"}) {
				t.Errorf("the port got %q", got)
			}
			// Once that is known there is no try in vain.
			if answer := sendAtLast(t, client, 1); answer != Accepted {
				t.Errorf("the second time it is %v", answer)
			}
		})
	}
}

// TestNewOwnerOfThePortGetsNoPassword: the client quits after its answer and
// another program takes the port.
func TestNewOwnerOfThePortGetsNoPassword(t *testing.T) {
	for polls := 1; polls <= 5; polls++ {
		owner := serveRaw(t, "127.0.0.1:0", always(says("MAIN_MENU")))
		client := newClient(t, owner.addr())
		for range polls {
			if r := client.Status(true); !r.Ready() {
				t.Fatalf("it is %+v", r)
			}
		}
		owner.close()
		taker := serveRaw(t, owner.addr(), always(answers("200 OK", "", "<html>")))
		for range 3 {
			if answer, _ := client.Reconnect("geheim"); answer != NotSent {
				t.Errorf("after %d polls it is %v", polls, answer)
			}
		}
		if got := taker.bodies(); len(got) != 0 || taker.accepted() != 0 {
			t.Errorf("the new owner got %d connections and %q", taker.accepted(), got)
		}
		if r := client.Status(true); r.Outcome != NotAltV {
			t.Errorf("then it is %+v", r)
		}
	}
}

// TestNewOwnerAfterSeveral: the port changes hands again and again between a
// status and the POST, each owner keeping its connections.
func TestNewOwnerAfterSeveral(t *testing.T) {
	owner := serveRaw(t, "127.0.0.1:0", always(says("MAIN_MENU")))
	client := newClient(t, owner.addr())
	for range 6 {
		for range 2 { // one answer alone could come from a port that closes after each
			if r := client.Status(true); !r.Ready() {
				t.Fatalf("it is %+v", r)
			}
		}
		owner.close()
		owner = serveRaw(t, owner.addr(), always(says("MAIN_MENU")))
		if answer, _ := client.Reconnect("geheim"); answer != NotSent || len(owner.bodies()) != 0 {
			t.Fatalf("it is %v, and an owner that was never asked for its status got %q", answer, owner.bodies())
		}
	}
	if answer := sendAtLast(t, client, 1); answer != Accepted {
		t.Errorf("in the end it is %v", answer)
	}
}

// TestNewOwnerAfterOneThatClosed: that one client closed after each answer says
// nothing of the next.
func TestNewOwnerAfterOneThatClosed(t *testing.T) {
	owner := serveRaw(t, "127.0.0.1:0", once(says("MAIN_MENU")))
	client := newClient(t, owner.addr())
	if answer := sendAtLast(t, client, 3); answer != Accepted {
		t.Fatalf("it is %v", answer)
	}
	owner.close()
	if r := client.Status(true); r.Outcome != NotRunning {
		t.Fatalf("after its end it is %+v", r)
	}
	second := serveRaw(t, owner.addr(), always(says("MAIN_MENU")))
	if r := client.Status(true); !r.Ready() {
		t.Fatalf("the second one is %+v", r)
	}
	second.close()
	taker := serveRaw(t, owner.addr(), always(says("OK")))
	if answer, _ := client.Reconnect("geheim"); answer != NotSent || taker.accepted() != 0 {
		t.Errorf("it is %v, and the new owner got %q", answer, taker.bodies())
	}
}

// TestReconnectAfterAStatusThatKeptNothing: whatever is known of the other side,
// nothing is sent over a connection that has given no status.
func TestReconnectAfterAStatusThatKeptNothing(t *testing.T) {
	for name, serve := range map[string]func(*rawServer, net.Conn){
		"keeps":                      always(says("MAIN_MENU")),
		"closes and says so":         once(answers("200 OK", "Connection: close\r\n", "MAIN_MENU")),
		"closes by HTTP/1.0":         once("HTTP/1.0 200 OK\r\n\r\nMAIN_MENU"),
		"closes without saying so":   once(says("MAIN_MENU")),
		"keeps, with a bit too much": always(says("MAIN_MENU") + "\r\n"),
	} {
		t.Run(name, func(t *testing.T) {
			s := serveRaw(t, "127.0.0.1:0", serve)
			client := newClient(t, s.addr())
			for range 2 { // at first, and when it is known how the other side ends
				if r := client.Status(false); !r.Ready() {
					t.Fatalf("it is %+v", r)
				}
				if answer, _ := client.Reconnect("geheim"); answer != NotSent || slices.Contains(s.bodies(), "geheim") {
					t.Errorf("it is %v, and the port got %q", answer, s.bodies())
				}
				if answer := sendAtLast(t, client, 3); answer != Accepted {
					t.Errorf("with the connection kept it is %v", answer)
				}
				s.mu.Lock()
				s.posts = nil
				s.mu.Unlock()
			}
		})
	}
}
