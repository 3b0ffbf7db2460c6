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

// The limits for clients.
const (
	readLimit  = 5 * time.Second  // for a whole request
	writeLimit = 10 * time.Second // for each write
	idleLimit  = 30 * time.Second // between two requests over one connection
	maxBody    = 64 << 10
	maxHeader  = 16 << 10
	maxConns   = 64 // at a time; further connections wait

	// A browser opens at most six connections to a server, for all of its tabs. To keep some free,
	// the stream of a fifth page replaces the oldest.
	maxStreams = 4
)

// serving is an open port and its connections.
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
	streams []chan struct{} // one for each open page, the oldest first; closed when another page replaces it
	idle    *time.Timer     // calls Server.endIdle
	until   time.Time       // not idle before that
	closed  bool
}

// listen opens a port: the last one, if it is free.
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
		DisableGeneralOptionsHandler: true, // it would answer requests without a token
		ReadHeaderTimeout:            readLimit,
		ReadTimeout:                  readLimit,
		WriteTimeout:                 writeLimit,
		IdleTimeout:                  idleLimit,
		MaxHeaderBytes:               maxHeader,
		BaseContext:                  func(net.Listener) context.Context { return v.ctx },
		ConnState:                    v.connState,
		ErrorLog:                     log.New(io.Discard, "", 0), // broken requests do not matter to the user
	}
	v.idle = time.AfterFunc(s.linger, func() { s.endIdle(v) })
	v.until = time.Now().Add(s.linger)
	s.ends.Add(1)
	v.open.Go(func() { _ = v.http.Serve(l) })
	s.Logger.Info("dashboard_served", "address", v.address)
	return v, nil
}

// connState counts and limits the connections. http.Server accepts the next one only after connState
// has returned.
func (v *serving) connState(conn net.Conn, state http.ConnState) {
	if state == http.StateNew {
		v.open.Add(1)
		v.slots <- struct{}{}
		v.mu.Lock()
		defer v.mu.Unlock()
		if v.closed {
			_ = conn.Close() // too late for http.Server.Close
		}
	}
	if state == http.StateClosed {
		<-v.slots
		v.open.Done()
	}
}

// postpone postpones the end, as a page is about to open.
func (v *serving) postpone() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.startIdle()
}

// startIdle starts the time after which the serving ends, unless a page is open. v.mu must be held.
func (v *serving) startIdle() {
	if len(v.streams) == 0 && !v.closed {
		v.until = time.Now().Add(v.server.linger)
		v.idle.Reset(v.server.linger)
	}
}

// expired reports whether no page is open and none is expected.
func (v *serving) expired() bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return len(v.streams) == 0 && !time.Now().Before(v.until)
}

func (v *serving) pageOpen() bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return len(v.streams) > 0
}

// addPage adds an open page, and ends the oldest if there are too many. Replaced is closed when another
// page replaces this one.
func (v *serving) addPage() (replaced chan struct{}) {
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

// removePage removes a page of addPage.
func (v *serving) removePage(page chan struct{}) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.streams = slices.DeleteFunc(v.streams, func(other chan struct{}) bool { return other == page })
	v.startIdle()
}

// end closes the port, and ends all requests and waits for their end. It must be called only once.
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
