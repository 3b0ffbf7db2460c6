package debugport

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"altv-tray/monitor/problem"
)

func TestStatusOfEachAnswer(t *testing.T) {
	known := func(s Status) Reading { return Reading{Outcome: Known, Status: s} }
	for _, c := range []struct {
		name   string
		serve  func(*rawServer, net.Conn)
		want   Outcome
		status Status
	}{
		{"plain", always(says("MAIN_MENU")), Known, MainMenu},
		{"HTTP/1.0 until the end", once("HTTP/1.0 200 OK\r\n\r\nIN_GAME"), Known, InGame},
		{"HTTP/1.1 until the end", once("HTTP/1.1 200 OK\r\n\r\nIN_GAME"), Known, InGame},
		{"Connection: close", once(answers("200 OK", "Connection: close\r\n", "LOADING")), Known, Loading},
		{"chunked", always("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nMAIN\r\n5\r\n_MENU\r\n0\r\n\r\n"), Known, MainMenu},
		{"100 first", always("HTTP/1.1 100 Continue\r\n\r\n" + says("ERROR")), Known, Error},
		{"early hints first", always("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + says("ERROR")), Known, Error},
		{"HTML", always(answers("200 OK", "Content-Type: text/html\r\n", "<!doctype html><p>IN_GAME")), NotAltV, ""},
		{"JSON", always(answers("200 OK", "", `[{"id":"MAIN_MENU"}]`)), NotAltV, ""},
		{"404", always(answers("404 Not Found", "", "MAIN_MENU")), NotAltV, ""},
		{"500", always(answers("500 Internal Server Error", "", "MAIN_MENU")), NotAltV, ""},
		{"204", always("HTTP/1.1 204 No Content\r\n\r\n"), NotAltV, ""},
		{"206", always(answers("206 Partial Content", "", "MAIN_MENU")), NotAltV, ""},
		{"401", always(answers("401 Unauthorized", "WWW-Authenticate: Basic realm=x\r\n", "MAIN_MENU")), NotAltV, ""},
		{"empty", always(says("")), NotAltV, ""},
		{"binary", always(answers("200 OK", "", "\x00\x01\xfe\xff")), NotAltV, ""},
		{"not HTTP", once("SSH-2.0-OpenSSH_9.2p1 Debian\r\n"), NotAltV, ""},
		{"not HTTP, binary", once("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"), NotAltV, ""},
		{"half a header", once("HTTP/1.1 200 OK\r\nContent-"), NoAnswer, ""},
		{"a Content-Length too long", once("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nMAIN_MENU"), NoAnswer, ""},
		{"a broken Content-Length", once("HTTP/1.1 200 OK\r\nContent-Length: -9\r\n\r\nMAIN_MENU"), NotAltV, ""},
		{"HTTP/1.0 chunked", once("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nMAIN_MENU\r\n0\r\n\r\n"), NotAltV, ""},
		{"two lengths", once("HTTP/1.1 200 OK\r\nContent-Length: 9\r\nContent-Length: 8\r\n\r\nMAIN_MENU"), NotAltV, ""},
		{"another version", once("HTTP/2.0\r\n\r\nMAIN_MENU"), NotAltV, ""},
		{"a line that is no field", once("HTTP/1.1 200 OK\r\nno field\r\n\r\nMAIN_MENU"), NotAltV, ""},
		{"broken chunks", once("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\nMAIN_MENU"), NotAltV, ""},
		{"1 MB of header", once("HTTP/1.1 200 OK\r\n" + bigHeader + "Content-Length: 9\r\n\r\nMAIN_MENU"), NotAltV, ""},
		{"1 MB of body", once("HTTP/1.1 200 OK\r\n\r\n" + strings.Repeat(" ", 1<<20)), NotAltV, ""},
		{"just over the limit", always(answers("200 OK", "", "MAIN_MENU"+strings.Repeat(" ", maxBody))), NotAltV, ""},
		{"just within the limit", always(answers("200 OK", "", strings.Repeat(" ", maxBody-9)+"MAIN_MENU")), Known, MainMenu},
		{"1xx without an end", endless("HTTP/1.1 100 Continue\r\n\r\n"), NotAltV, ""},
		{"a body without an end", endless("HTTP/1.1 200 OK\r\n\r\nMAIN_MENU\n", "MAIN_MENU\n"), NotAltV, ""},
		{"chunks without an end", endless("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\n \r\n"), NotAltV, ""},
		{"closed at once", func(*rawServer, net.Conn) {}, NoAnswer, ""},
		{"closed after the request", once(""), NoAnswer, ""},
		{"reset", func(s *rawServer, conn net.Conn) {
			s.request(bufio.NewReader(conn))
			_ = conn.(*net.TCPConn).SetLinger(0)
		}, NoAnswer, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := serveRaw(t, "127.0.0.1:0", c.serve)
			client := newClient(t, s.addr())
			for range 3 { // the state after an answer must not spoil the next
				began := time.Now()
				got := client.Status(true)
				if got.Outcome != c.want || got.Status != c.status {
					t.Fatalf("it is %+v, want %+v", got, known(c.status))
				}
				if c.want != Known && got.Why == "" {
					t.Error("no reason is given")
				}
				if took := time.Since(began); took > Timeout {
					t.Errorf("it took %v", took)
				}
			}
		})
	}
}

// endless writes first and then the rest again and again.
func endless(first string, rest ...string) func(*rawServer, net.Conn) {
	again := strings.Repeat(strings.Join(append([]string{first}[len(rest):], rest...), ""), 1000)
	return func(s *rawServer, conn net.Conn) {
		s.request(bufio.NewReader(conn))
		_, err := io.WriteString(conn, first)
		for err == nil {
			_, err = io.WriteString(conn, again)
		}
	}
}

func TestStatusNothingListens(t *testing.T) {
	s := serveRaw(t, "127.0.0.1:0", always(says("IN_GAME")))
	client := newClient(t, s.addr())
	if r := client.Status(true); r.Status != InGame {
		t.Fatalf("it is %+v", r)
	}
	s.close()
	for range 2 {
		if r := client.Status(true); r != (Reading{Outcome: NotRunning}) {
			t.Errorf("after its end it is %+v", r)
		}
	}
	serveRaw(t, s.addr(), always(says("LOADING")))
	if r := client.Status(true); r.Status != Loading {
		t.Errorf("after its new start it is %+v", r)
	}
}

func TestStatusKeepsOneConnection(t *testing.T) {
	s := serveRaw(t, "127.0.0.1:0", always(says("IN_GAME")))
	client := newClient(t, s.addr())
	for range 100 {
		if r := client.Status(true); r.Status != InGame {
			t.Fatalf("it is %+v", r)
		}
	}
	if n := s.accepted(); n != 1 {
		t.Errorf("100 polls took %d connections", n)
	}
}

// TestStatusEndsItsConnection: a poll that keeps nothing leaves the port to
// others, also where the one before kept its connection.
func TestStatusEndsItsConnection(t *testing.T) {
	ended := make(chan string, 4)
	s := serveRaw(t, "127.0.0.1:0", func(s *rawServer, conn net.Conn) {
		r := bufio.NewReader(conn)
		last := ""
		for {
			req, ok := s.request(r)
			if !ok {
				ended <- last
				return
			}
			last = req.Header.Get("Connection")
			if req.Close {
				last = "close"
			}
			_, _ = io.WriteString(conn, says("IN_GAME"))
		}
	})
	client := newClient(t, s.addr())
	for _, keep := range []bool{false, false, true, false} {
		if r := client.Status(keep); r.Status != InGame {
			t.Fatalf("it is %+v", r)
		}
		if keep {
			continue
		}
		if last := <-ended; last != "close" {
			t.Errorf("the last request said Connection: %q", last)
		}
	}
	if n := s.accepted(); n != 3 {
		t.Errorf("it took %d connections, want 3", n)
	}
}

// TestStatusCutOffAnywhere: a client that ends in the middle of its answer is no
// other program, wherever the answer ends.
func TestStatusCutOffAnywhere(t *testing.T) {
	for _, whole := range []string{
		says("MAIN_MENU"),
		"HTTP/1.1 100 Continue\r\n\r\n" + says("MAIN_MENU"),
		"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nMAIN\r\n5\r\n_MENU\r\n0\r\n\r\n",
	} {
		for n := range len(whole) {
			s := serveRaw(t, "127.0.0.1:0", once(whole[:n]))
			client := newClient(t, s.addr())
			if r := client.Status(true); r.Outcome != NoAnswer || r.Why != problem.PortClosed {
				t.Errorf("after %q it is %+v", whole[:n], r)
			}
			s.close()
		}
	}
}

// TestStatusPipelinedBytes: what comes beyond an answer is not taken for the
// next one.
func TestStatusPipelinedBytes(t *testing.T) {
	s := serveRaw(t, "127.0.0.1:0", once(says("LOADING")+says("MAIN_MENU")))
	client := newClient(t, s.addr())
	for range 3 {
		if r := client.Status(true); r.Status != Loading {
			t.Fatalf("it is %+v", r)
		}
	}
}

func TestStatusFollowsNoRedirectAndUsesNoProxy(t *testing.T) {
	var others atomic.Int64
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		others.Add(1)
		_, _ = io.WriteString(w, "MAIN_MENU")
	}))
	defer other.Close()
	for _, name := range []string{"HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"} {
		t.Setenv(name, other.URL)
	}
	t.Setenv("NO_PROXY", "")
	for _, code := range []string{"301 Moved Permanently", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"} {
		s := serveRaw(t, "127.0.0.1:0", always(answers(code, "Location: "+other.URL+"/status\r\n", "")))
		client := newClient(t, s.addr())
		if r := client.Status(true); r.Outcome != NotAltV {
			t.Errorf("%s: it is %+v", code, r)
		}
		if answer, _ := client.Reconnect("geheim"); answer != Refused {
			t.Errorf("%s: the POST was %v", code, answer)
		}
	}
	if n := others.Load(); n != 0 {
		t.Errorf("the other server got %d requests", n)
	}
}

func TestStatusSendsTheRightRequest(t *testing.T) {
	lines := make(chan string, 1)
	s := serveRaw(t, "127.0.0.1:0", func(_ *rawServer, conn net.Conn) {
		buf := make([]byte, 4096)
		n, _ := conn.Read(buf)
		lines <- string(buf[:n])
		_, _ = io.WriteString(conn, says("IN_GAME"))
	})
	newClient(t, s.addr()).Status(true)
	want := "GET /status HTTP/1.1\r\nHost: " + s.addr() + "\r\nUser-Agent: altv-tray\r\nAccept: */*\r\n\r\n"
	if got := <-lines; got != want {
		t.Errorf("the request is %q, want %q", got, want)
	}
}

func TestEndFromAnotherGoroutine(t *testing.T) {
	asked := make(chan struct{}, 1)
	s := serveRaw(t, "127.0.0.1:0", func(s *rawServer, conn net.Conn) {
		s.request(bufio.NewReader(conn))
		asked <- struct{}{}
		_, _ = io.Copy(io.Discard, conn) // hangs until the client goes
	})
	ctx, end := context.WithCancel(t.Context())
	client := New(ctx, s.addr(), nil)
	done := make(chan Reading)
	go func() { done <- client.Status(true) }()
	<-asked
	began := time.Now()
	end()
	if r := <-done; r.Outcome != NoAnswer {
		t.Errorf("it is %+v", r)
	}
	if took := time.Since(began); took > time.Second {
		t.Errorf("the request ended %v after its client", took)
	}
	if r := client.Status(true); r.Outcome != NoAnswer || s.accepted() != 1 {
		t.Errorf("an ended client asks again: %+v, %d connections", r, s.accepted())
	}
	if answer, _ := client.Reconnect("geheim"); answer != NotSent {
		t.Errorf("an ended client posts: %v", answer)
	}
}

func BenchmarkStatus(b *testing.B) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	defer listener.Close()
	done := make(chan struct{})
	go func() {
		defer close(done)
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		answer, buf := []byte(says("IN_GAME")), make([]byte, 4096)
		for {
			if _, err := conn.Read(buf); err != nil {
				return
			}
			if _, err := conn.Write(answer); err != nil {
				return
			}
		}
	}()
	ctx, end := context.WithCancel(b.Context())
	client := New(ctx, listener.Addr().String(), nil)
	b.ReportAllocs()
	for b.Loop() {
		if r := client.Status(true); r.Status != InGame {
			b.Fatalf("it is %+v", r)
		}
	}
	end()
	<-done
}
