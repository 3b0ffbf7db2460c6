package http1

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"sync"
	"time"
)

// Handler answers a request. Where it returns without having sent anything, the
// connection is closed without an answer.
type Handler func(*Answer, *Request)

// Server answers requests. Set its fields before Start. Zero limits are none,
// but for MaxBody, of which 0 lets no body in.
type Server struct {
	Handler Handler
	// Admit tells whether a request may be made, of which the body was not read
	// yet: if not, it is answered with 403. It is asked before all else, also of
	// requests that get 400 since they ask for no path, or name not one host.
	// Nil: all may.
	Admit   func(*Request) bool
	MaxBody int64 // bytes
	// FirstByte is how long a connection may wait before it asks for the first
	// time, Idle between two requests, Request how long one may take to come.
	FirstByte, Idle, Request time.Duration
	NoKeepAlive              bool

	mu       sync.Mutex
	closed   bool
	listener net.Listener
	conns    map[net.Conn]context.CancelFunc
	open     sync.WaitGroup // accept, and one for each of conns
}

const (
	maxHeader = 16 << 10
	// maxWrite is how long one write of an answer may take.
	maxWrite = 30 * time.Second
	// A connection that is closed with something unread is reset, and the answer
	// is lost on its way. So what still comes is read a while.
	maxLinger     = 500 * time.Millisecond
	maxLingerRead = 4 << 20
)

// Start begins to answer on listener, until Close, which also ends one that is
// started after it. It is called once.
func (s *Server) Start(listener net.Listener) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		_ = listener.Close()
		return
	}
	s.listener = listener
	s.open.Go(func() { s.accept(listener) })
}

// Wait returns when all that was begun has ended, which takes a Close.
func (s *Server) Wait() { s.open.Wait() }

func (s *Server) accept(listener net.Listener) {
	for {
		conn, err := listener.Accept()
		if err == nil {
			s.take(conn)
			continue
		}
		if errors.Is(err, net.ErrClosed) || s.isClosed() {
			return
		}
		// Too many open files, most likely.
		pause := time.NewTimer(50 * time.Millisecond)
		<-pause.C
	}
}

func (s *Server) isClosed() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.closed
}

func (s *Server) take(conn net.Conn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		_ = conn.Close()
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	if s.conns == nil {
		s.conns = make(map[net.Conn]context.CancelFunc)
	}
	s.conns[conn] = cancel
	s.open.Go(func() {
		defer func() {
			cancel()
			_ = conn.Close()
			s.mu.Lock()
			defer s.mu.Unlock()
			delete(s.conns, conn)
		}()
		s.converse(ctx, cancel, conn)
	})
}

// Close closes the port and every connection, with a reset in place of an
// orderly end where reset is true, and returns when all that was begun has
// ended. A Handler must not call it.
func (s *Server) Close(reset bool) {
	s.mu.Lock()
	s.closed = true
	if s.listener != nil {
		_ = s.listener.Close()
	}
	for conn, cancel := range s.conns {
		if tcp, ok := conn.(*net.TCPConn); ok && reset {
			_ = tcp.SetLinger(0)
		}
		cancel()
		_ = conn.Close()
	}
	s.mu.Unlock()
	s.open.Wait()
}

// converse answers what comes over one connection.
func (s *Server) converse(ctx context.Context, cancel context.CancelFunc, conn net.Conn) {
	limited := &io.LimitedReader{R: conn}
	r := bufio.NewReaderSize(limited, maxHeader)
	wait := s.FirstByte
	for {
		limited.N = maxHeader
		_ = conn.SetReadDeadline(after(wait))
		if _, err := r.Peek(1); err != nil {
			return
		}
		wait = s.Idle
		_ = conn.SetReadDeadline(after(s.Request))
		a := &Answer{conn: conn}
		req, f, err := readHead(r)
		if err != nil && !errors.Is(err, ErrMalformed) && !errors.Is(err, ErrTooLong) && limited.N > 0 {
			return
		}
		a.head = err == nil && req.Method == "HEAD"
		if code, why := s.refuses(req, err); code != 0 {
			a.Text(code, why)
			linger(conn)
			return
		}
		a.keep = req.keep && !s.NoKeepAlive
		if f.continued {
			a.write([]byte("HTTP/1.1 100 Continue\r\n\r\n"))
		}
		limited.N = s.MaxBody + maxHeader // for the sizes of chunks
		req.Body, req.BodyError = f.body(r, nil, s.MaxBody)
		if req.BodyError != nil {
			a.keep = false
		}
		req.ctx = ctx
		limited.N = maxHeader
		unwatch := watch(conn, r, cancel)
		s.Handler(a, req)
		unwatch()
		if !a.sent || !a.keep || a.failed != nil || ctx.Err() != nil {
			if a.sent && req.BodyError != nil {
				linger(conn)
			}
			return
		}
	}
}

// refuses gives the answer to what no Handler is asked; code 0: one is. The error
// is that of reading it.
func (s *Server) refuses(r *Request, err error) (code int, why string) {
	switch {
	case err == nil && s.Admit != nil && !s.Admit(r):
		return StatusForbidden, "forbidden"
	case err != nil || r.fault:
		return StatusBadRequest, "the request cannot be read"
	}
	return 0, ""
}

// watch notices the asker's end while his request is being answered, and calls
// gone. What is returned ends the watching.
func watch(conn net.Conn, r *bufio.Reader, gone func()) (end func()) {
	_ = conn.SetReadDeadline(time.Time{})
	done := make(chan struct{})
	var ended sync.Mutex
	over := false
	go func() {
		defer close(done)
		// What he has said already of a next request comes before his end. Beyond
		// a bufferful of that the end is not seen.
		var err error
		for err == nil {
			_, err = r.Peek(r.Buffered() + 1)
		}
		ended.Lock()
		defer ended.Unlock()
		if !over && !errors.Is(err, bufio.ErrBufferFull) {
			gone()
		}
	}()
	return func() {
		ended.Lock()
		over = true
		ended.Unlock()
		_ = conn.SetReadDeadline(time.Unix(1, 0))
		<-done
	}
}

// linger says that no more will come and reads what still does.
func linger(conn net.Conn) {
	half, ok := conn.(interface{ CloseWrite() error })
	if !ok || half.CloseWrite() != nil {
		return
	}
	_ = conn.SetReadDeadline(time.Now().Add(maxLinger))
	_, _ = io.CopyN(io.Discard, conn, maxLingerRead)
}

func after(d time.Duration) time.Time {
	if d <= 0 {
		return time.Time{}
	}
	return time.Now().Add(d)
}
