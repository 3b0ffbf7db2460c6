package simulator

import (
	"io"
	"log"
	"net"
	"net/http"
	"sync"
)

// port is an http.Server whose Close waits until all of it has ended, and which
// can reset its connections, as a killed process does. Set http's handler and
// time limits, and oneAtATime, before Start.
type port struct {
	http http.Server
	// oneAtATime makes a connection wait until the one before it has ended.
	oneAtATime bool

	mu     sync.Mutex
	closed bool
	conns  map[net.Conn]bool
	open   sync.WaitGroup // Serve, and one for each of conns
}

// Start answers on the listener until Close.
func (p *port) Start(listener net.Listener) {
	p.conns = make(map[net.Conn]bool)
	turn := make(chan struct{}, 1)
	p.http.ErrorLog = log.New(io.Discard, "", 0)
	// Serve calls this for a new connection before it accepts another one.
	p.http.ConnState = func(conn net.Conn, state http.ConnState) {
		if state == http.StateNew {
			p.open.Add(1)
			if p.oneAtATime {
				turn <- struct{}{}
			}
			p.mu.Lock()
			defer p.mu.Unlock()
			p.conns[conn] = true
			if p.closed {
				_ = conn.Close() // it came too late for http.Server.Close to see it
			}
		}
		if state == http.StateClosed {
			p.mu.Lock()
			delete(p.conns, conn)
			p.mu.Unlock()
			if p.oneAtATime {
				<-turn
			}
			p.open.Done()
		}
	}
	p.open.Go(func() { _ = p.http.Serve(listener) })
}

// Close closes the port and every connection, with a reset in place of an
// orderly end where reset is true. A handler must not call it.
func (p *port) Close(reset bool) {
	p.mu.Lock()
	p.closed = true
	for conn := range p.conns {
		if tcp, ok := conn.(*net.TCPConn); ok && reset {
			_ = tcp.SetLinger(0)
		}
	}
	p.mu.Unlock()
	_ = p.http.Close()
	p.open.Wait()
}
