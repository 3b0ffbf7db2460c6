package simulator

import (
	"io"
	"log"
	"net"
	"net/http"
	"sync"
)

// maxHeader bounds what a request's header may take, in bytes.
const maxHeader = 16 << 10

// port is an HTTP server on an open port, which unlike http.Server can be
// closed as a process that dies does it, and waits for all of its goroutines.
type port struct {
	server *http.Server
	served chan struct{} // closed when no more connections are accepted

	mu    sync.Mutex
	conns map[net.Conn]struct{}
	open  sync.WaitGroup // one for each of conns
}

// serve answers on listener by server's Handler and limits; the other fields
// of server are set here.
func serve(listener net.Listener, server *http.Server) *port {
	p := &port{server: server, served: make(chan struct{}), conns: map[net.Conn]struct{}{}}
	server.MaxHeaderBytes = maxHeader
	server.ErrorLog = log.New(io.Discard, "", 0) // others' broken requests are no news
	server.ConnState = p.track
	go func() {
		defer close(p.served)
		_ = server.Serve(listener)
	}()
	return p
}

func (p *port) track(conn net.Conn, state http.ConnState) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch state {
	case http.StateNew:
		p.conns[conn] = struct{}{}
		p.open.Add(1)
	case http.StateClosed, http.StateHijacked:
		delete(p.conns, conn)
		p.open.Done()
	}
}

// close closes the port and every connection, with a reset in place of an
// orderly end where reset is true, and returns when they are gone.
func (p *port) close(reset bool) {
	if reset {
		p.mu.Lock()
		for conn := range p.conns {
			if tcp, ok := conn.(*net.TCPConn); ok {
				_ = tcp.SetLinger(0)
			}
		}
		p.mu.Unlock()
	}
	_ = p.server.Close()
	<-p.served
	// One that was accepted while the others were being closed is still there.
	_ = p.server.Close()
	p.open.Wait()
}
