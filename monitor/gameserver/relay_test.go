package gameserver

import (
	"errors"
	"io"
	"net"
	"os"
	"sync"
	"testing"
	"time"

	"altv-tray/monitor/problem"
)

// relay listens on a port of its own in front of another, as Docker's userland
// proxy, ssh -L and an editor's port forwarding do.
type relay struct {
	listener net.Listener
	behind   string
	reset    bool // hangs up by RST where nobody is behind it
	running  sync.WaitGroup
}

func newRelay(t *testing.T, address, behind string, reset bool) *relay {
	t.Helper()
	listener, err := net.Listen("tcp", address)
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		t.Skipf("this computer has no %s: %v", address, err)
	}
	r := &relay{listener: listener, behind: behind, reset: reset}
	r.running.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			r.running.Go(func() { r.forward(conn) })
		}
	})
	t.Cleanup(func() {
		_ = listener.Close()
		r.running.Wait()
	})
	return r
}

// forward joins two connections until either ends.
func (r *relay) forward(conn net.Conn) {
	defer conn.Close()
	server, err := net.Dial("tcp", r.behind)
	if err != nil {
		if r.reset {
			_ = conn.(*net.TCPConn).SetLinger(0)
		}
		return
	}
	defer server.Close()
	var up sync.WaitGroup
	up.Go(func() {
		_, _ = io.Copy(server, conn)
		_ = server.Close()
	})
	_, _ = io.Copy(conn, server)
	_ = conn.Close()
	up.Wait()
}

// A real relay on real ports: with nothing behind it the server is down, and each
// restart is reported once.
func TestPortRelay(t *testing.T) {
	for _, c := range []struct {
		name, address string
		reset         bool
		idle          time.Duration // after it the server ends a connection; 0: it keeps them
	}{
		{"IPv4", "127.0.0.1:0", false, 0},
		{"IPv4, resetting", "127.0.0.1:0", true, 0},
		{"IPv6", "[::1]:0", false, 0},
		{"IPv6, resetting", "[::1]:0", true, 0},
		{"ending idle connections", "127.0.0.1:0", false, 150 * time.Millisecond},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var idle func(net.Conn)
			if c.idle > 0 {
				idle = func(conn net.Conn) {
					_ = conn.SetReadDeadline(time.Now().Add(c.idle))
					answer(conn)
					_, _ = conn.Read(make([]byte, 1))
					_ = conn.Close()
				}
			}
			s := newServer(t, idle)
			s.kill()
			r := newRelay(t, c.address, s.address, c.reset)
			w := watch(t, Config{Source: SourcePort, Address: r.listener.Addr().String()})
			w.wantWhy(Down, problem.RelayEmpty)
			look := func(want error) {
				t.Helper()
				if err := Probe(t.Context(), r.listener.Addr().String()); !errors.Is(err, want) {
					t.Errorf("a look gives %v, want %v", err, want)
				}
			}
			look(ErrNoBackend)
			for range 3 {
				s.start()
				w.want(Up)
				look(nil)
				s.kill()
				w.wantWhy(Down, problem.RelayEmpty)
			}
			w.quiet()
		})
	}
}

// A listening socket that is gone, with a connection of before that lives on, as a
// child process may hold it.
func TestPortHalfDead(t *testing.T) {
	for _, table := range []bool{true, false} {
		t.Run(map[bool]string{true: "by the system's table", false: "by a dial"}[table], func(t *testing.T) {
			t.Parallel()
			s := newServer(t, nil)
			w := watch(t, Config{Source: SourcePort, Address: s.address}, func(w *Watcher) {
				if !table {
					w.find = nil
				}
			})
			w.want(Up)
			if err := s.listener.Close(); err != nil {
				t.Fatal(err)
			}
			w.wantWhy(Down, problem.ServerRefused)
			s.start()
			w.want(Up)
			w.quiet()
		})
	}
}
