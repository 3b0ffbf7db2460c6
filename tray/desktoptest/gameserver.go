//go:build linux

package desktoptest

import (
	"io"
	"net"
	"sync"
	"testing"
)

// GameServer is the TCP side of a game server: it accepts connections, answers the
// first request of each and keeps them while it is up.
type GameServer struct {
	Address string

	mu       sync.Mutex
	listener net.Listener // nil while it is down
	conns    []net.Conn
}

// StartGameServer starts the server on a port that is reserved for it, even while it is
// down.
func StartGameServer(t testing.TB) *GameServer {
	t.Helper()
	s := &GameServer{Address: ownAddress(t)}
	s.Up(t)
	t.Cleanup(s.Down)
	return s
}

// Up starts the server, at the same address as before.
func (s *GameServer) Up(t testing.TB) {
	t.Helper()
	listener, err := listen(s.Address)
	if err != nil {
		t.Fatalf("open the game server's port: %v", err)
	}
	s.mu.Lock()
	s.Address, s.listener = listener.Addr().String(), listener
	s.mu.Unlock()
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			s.mu.Lock()
			if s.listener == listener {
				s.conns = append(s.conns, conn)
				go func() {
					if _, err := conn.Read(make([]byte, 512)); err == nil {
						io.WriteString(conn, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
					}
				}()
			} else {
				conn.Close()
			}
			s.mu.Unlock()
		}
	}()
}

// Deafen closes the port but not the connections, as when a debugger or a child process
// still has those of a server that has ended.
func (s *GameServer) Deafen() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.listener.Close()
	s.listener = nil
}

// Down kills the server: its port and every connection close.
func (s *GameServer) Down() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.listener != nil {
		s.listener.Close()
		s.listener = nil
	}
	for _, conn := range s.conns {
		conn.Close()
	}
	s.conns = nil
}
