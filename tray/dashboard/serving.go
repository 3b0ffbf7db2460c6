package dashboard

import (
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"
)

// The bounds of what a client may cost.
const (
	readLimit  = 5 * time.Second  // for a whole request: what connects and does not ask is sent away
	writeLimit = 10 * time.Second // for each write
	idleLimit  = 30 * time.Second // between two requests over one connection
	maxBody    = 64 << 10
	maxHeader  = 16 << 10
	maxConns   = 64 // at a time; further ones wait

	// A browser has six connections to a server, for all of its tabs. So that some
	// are left, the stream of a further page takes the place of the oldest.
	maxStreams = 4
)

// serving is one listener with all that goes on behind it.
type serving struct {
	server   *Server
	address  string
	listener net.Listener
	http     http.Server
	ctx      context.Context // of every request
	cancel   context.CancelFunc
	open     sync.WaitGroup // the accepting goroutine, and one for each connection
	slots    chan struct{}

	mu      sync.Mutex
	streams []chan struct{} // of each page that is open, the oldest first; closed when another takes its place
	idle    *time.Timer     // ends it
	until   time.Time       // it is not ended before
	closed  bool
}

// listen begins to serve, at the port of the last time if it is free.
func (s *Server) listen() (*serving, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if s.address != "" {
		if old, again := net.Listen("tcp", s.address); again == nil {
			if err == nil {
				_ = l.Close()
			}
			l, err = old, nil
		}
	}
	if err != nil {
		return nil, fmt.Errorf("opening a port for the dashboard: %w", err)
	}
	v := &serving{server: s, address: l.Addr().String(), listener: l, slots: make(chan struct{}, maxConns)}
	v.ctx, v.cancel = context.WithCancel(context.Background())
	v.http = http.Server{
		Handler:                      http.HandlerFunc(v.answer),
		DisableGeneralOptionsHandler: true, // it would answer whoever lacks the token
		ReadHeaderTimeout:            readLimit,
		ReadTimeout:                  readLimit,
		WriteTimeout:                 writeLimit,
		IdleTimeout:                  idleLimit,
		MaxHeaderBytes:               maxHeader,
		BaseContext:                  func(net.Listener) context.Context { return v.ctx },
		ConnState:                    v.connState,
		ErrorLog:                     log.New(io.Discard, "", 0), // a broken request is not the user's business
	}
	v.idle = time.AfterFunc(s.linger, func() { s.endIdle(v) })
	v.until = time.Now().Add(s.linger)
	s.ends.Add(1)
	v.open.Go(func() { _ = v.http.Serve(l) })
	s.Logger.Info("dashboard_served", "address", v.address)
	return v, nil
}

// connState counts the connections. It is told of a new one before another one
// is accepted.
func (v *serving) connState(conn net.Conn, state http.ConnState) {
	if state == http.StateNew {
		v.open.Add(1)
		v.slots <- struct{}{}
		v.mu.Lock()
		defer v.mu.Unlock()
		if v.closed {
			_ = conn.Close() // it came too late for http.Server.Close to see it
		}
	}
	if state == http.StateClosed {
		<-v.slots
		v.open.Done()
	}
}

// stay puts the end off: a page is about to come.
func (v *serving) stay() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.wait()
}

// wait has it end when its time has passed with no page open. The caller holds mu.
func (v *serving) wait() {
	if len(v.streams) == 0 && !v.closed {
		v.until = time.Now().Add(v.server.linger)
		v.idle.Reset(v.server.linger)
	}
}

// forsaken tells that no page is open and none is expected.
func (v *serving) forsaken() bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return len(v.streams) == 0 && !time.Now().Before(v.until)
}

// watched reports whether a page is open.
func (v *serving) watched() bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return len(v.streams) > 0
}

// enter notes a page that is open, and ends the oldest where there are too many.
// Replaced is closed when another one takes its place.
func (v *serving) enter() (replaced chan struct{}) {
	v.mu.Lock()
	defer v.mu.Unlock()
	replaced = make(chan struct{})
	v.streams = append(v.streams, replaced)
	if len(v.streams) > maxStreams {
		close(v.streams[0])
		v.streams = v.streams[1:]
	}
	v.idle.Stop()
	return replaced
}

// leave is the end of what enter has noted.
func (v *serving) leave(page chan struct{}) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.streams = slices.DeleteFunc(v.streams, func(other chan struct{}) bool { return other == page })
	v.wait()
}

// end ends every request and waits for its end. It is called once.
func (v *serving) end() {
	v.mu.Lock()
	v.closed = true
	v.idle.Stop()
	v.mu.Unlock()
	v.cancel()
	_ = v.http.Close()
	_ = v.listener.Close() // Serve may not have begun
	v.open.Wait()
	v.server.Logger.Info("dashboard_closed")
	v.server.ends.Done()
}
