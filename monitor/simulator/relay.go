package simulator

import (
	"net"
	"sync"
)

// relay listens on the server's port in its place, as Docker's or an editor's port
// forwarding does: it accepts whether the server runs or not, passes the connection
// on, and hangs up if nothing is behind it.
type relay struct {
	listener net.Listener

	mu     sync.Mutex
	behind *PipeListener // the server's listener; nil before its first start
}

func (r *relay) run() {
	for {
		conn, err := r.listener.Accept()
		if err != nil {
			return
		}
		r.mu.Lock()
		behind := r.behind
		r.mu.Unlock()
		if behind == nil || !behind.take(conn) {
			_ = conn.Close()
		}
	}
}

// listen opens the server's listener behind the relay.
func (r *relay) listen() net.Listener {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.behind = listenPipe(r.listener.Addr())
	return r.behind
}

// Relay puts a relay in front of the server (on) or removes it. The relay listens on the
// server's port, accepts, forwards to the server, and hangs up at once while the
// server does not listen. A server that runs is killed for it and started again. The
// client's joins need the server itself. The error is
// that of a port that cannot be listened on, or of a world that is closed or not
// started.
func (s *Server) Relay(on bool) error {
	s.life.Lock()
	defer s.life.Unlock()
	switch {
	case s.world.isClosed():
		return errClosed
	case s.Addr() == "":
		return errNotStarted
	case on == (s.relay != nil):
		return nil
	}
	ran := s.Running()
	s.halt()
	s.finish(false, "killed")
	if on {
		listener, err := s.world.listen("relay", s.Addr())
		if err != nil {
			return err
		}
		s.relay = &relay{listener: listener}
		s.world.tasks.Go(s.relay.run)
		s.world.tell("relay: listening on %s", s.Addr())
	} else {
		s.endRelay()
	}
	if ran {
		s.begin()
		s.task(s.load)
	}
	return nil
}

// endRelay closes the relay's port, if there is one. The caller holds life.
func (s *Server) endRelay() {
	if s.relay != nil {
		_ = s.relay.listener.Close()
		s.relay = nil
		s.world.tell("relay: ended")
	}
}
