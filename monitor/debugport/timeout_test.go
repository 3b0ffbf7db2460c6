package debugport

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// piped runs f with a client each of whose dials makes a new connection that
// serve has the other end of.
func piped(t *testing.T, serve func(conn net.Conn), f func(c *Client)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		var servers sync.WaitGroup
		ctx, end := context.WithCancel(t.Context())
		client := New(ctx, "127.0.0.1:9223", func(context.Context, string, string) (net.Conn, error) {
			ours, theirs := net.Pipe()
			servers.Go(func() {
				defer theirs.Close()
				serve(theirs)
			})
			return ours, nil
		})
		f(client)
		end()
		servers.Wait()
	})
}

// drip reads a request and writes text one byte each pause.
func drip(text string, pause time.Duration) func(net.Conn) {
	return func(conn net.Conn) {
		r := bufio.NewReader(conn)
		if _, err := http.ReadRequest(r); err != nil {
			return
		}
		for i := range len(text) {
			<-time.After(pause)
			if _, err := io.WriteString(conn, text[i:i+1]); err != nil {
				return
			}
		}
		_, _ = io.Copy(io.Discard, r)
	}
}

func TestStatusWithinTheLimit(t *testing.T) {
	for name, serve := range map[string]func(net.Conn){
		"says nothing":                 func(conn net.Conn) { _, _ = io.Copy(io.Discard, conn) },
		"does not even read":           func(net.Conn) { <-time.After(time.Minute) },
		"one byte every 2 s":           drip(says("MAIN_MENU"), 2*time.Second),
		"one byte every 100 ms":        drip(says("MAIN_MENU"), 100*time.Millisecond),
		"endless header, a bit slow":   drip("HTTP/1.1 200 OK\r\n"+bigHeader, 50*time.Millisecond),
		"the header, and then nothing": drip("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", 0),
		"all but the last byte":        drip("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nMAIN_MEN", 0),
	} {
		t.Run(name, func(t *testing.T) {
			piped(t, serve, func(c *Client) {
				for range 2 {
					began := time.Now()
					r := c.Status(true)
					if r.Outcome != NoAnswer || r.Why == "" {
						t.Errorf("it is %+v", r)
					}
					if took := time.Since(began); took != Timeout {
						t.Errorf("it took %v, want %v", took, Timeout)
					}
				}
			})
		})
	}
}

func TestStatusSlowButInTime(t *testing.T) {
	piped(t, drip(says("MAIN_MENU"), 30*time.Millisecond), func(c *Client) {
		if r := c.Status(true); r.Status != MainMenu {
			t.Errorf("it is %+v", r)
		}
	})
}

func TestDialWithinTheLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		never := func(ctx context.Context, _, _ string) (net.Conn, error) {
			<-ctx.Done()
			return nil, ctx.Err()
		}
		began := time.Now()
		if r := New(t.Context(), "127.0.0.1:9223", never).Status(true); r.Outcome != NoAnswer {
			t.Errorf("it is %+v", r)
		}
		if took := time.Since(began); took != Timeout {
			t.Errorf("it took %v", took)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		began = time.Now()
		New(ctx, "127.0.0.1:9223", never).Status(true)
		if took := time.Since(began); took != time.Second {
			t.Errorf("a dial goes on %v, its context was done after 1 s", took)
		}
	})
}

// TestReconnectHangs: the POST went out, so nobody knows what became of it.
func TestReconnectHangs(t *testing.T) {
	for name, read := range map[string]bool{"read and not answered": true, "not even read": false} {
		t.Run(name, func(t *testing.T) {
			piped(t, func(conn net.Conn) {
				r := bufio.NewReader(conn)
				if _, err := http.ReadRequest(r); err != nil {
					return
				}
				_, _ = io.WriteString(conn, says("MAIN_MENU"))
				if read {
					_, _ = io.Copy(io.Discard, r)
				}
				<-time.After(time.Minute)
			}, func(c *Client) {
				if r := c.Status(true); !r.Ready() {
					t.Fatalf("it is %+v", r)
				}
				began := time.Now()
				if answer, code := c.Reconnect("geheim"); answer != Unanswered || code != 0 {
					t.Errorf("it is %v, %d", answer, code)
				}
				if took := time.Since(began); took > Timeout {
					t.Errorf("it took %v", took)
				}
			})
		})
	}
}

// TestReconnectIsQuick: looking whether the connection still stands must not
// cost more than a moment.
func TestReconnectIsQuick(t *testing.T) {
	piped(t, func(conn net.Conn) {
		r := bufio.NewReader(conn)
		for {
			req, err := http.ReadRequest(r)
			if err != nil {
				return
			}
			_, _ = io.Copy(io.Discard, req.Body)
			if _, err := io.WriteString(conn, says("MAIN_MENU")); err != nil {
				return
			}
		}
	}, func(c *Client) {
		c.Status(true)
		began := time.Now()
		if answer, _ := c.Reconnect("geheim"); answer != Accepted {
			t.Errorf("it is %v", answer)
		}
		if took := time.Since(began); took > 2*time.Millisecond {
			t.Errorf("it took %v", took)
		}
	})
}
