package control

import (
	"bytes"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"sync"
	"time"

	"altv-tray/monitor"
	"altv-tray/monitor/http1"
)

// Server answers the commands for as long as the tray app runs.
type Server struct {
	// Quit ends the tray app; set it before Serve. Nil: it cannot be asked to.
	Quit func()

	monitor  *monitor.Monitor
	address  func() string // of the client's debug port, for reports
	version  string
	listener net.Listener
	dir      string
	token    string
	http     http1.Server

	mu     sync.Mutex // guards closed, and the file against being put back after it
	closed bool
}

// keepEvery is how often the file is looked for. Without it the app that runs
// would be told to be running already at each start, and not to by the commands.
const keepEvery = 5 * time.Second

// Listen opens the control port and writes the file into the state folder dir.
// It replaces a file that an ended program left. Close takes it away again.
func Listen(dir string, m *monitor.Monitor, clientAddress func() string, version string) (*Server, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("opening a port for commands: %w", err)
	}
	s := &Server{monitor: m, address: clientAddress, version: version, listener: l, dir: dir, token: newToken()}
	if err := s.write(); err != nil {
		_ = l.Close()
		return nil, fmt.Errorf("writing %s for commands: %w", FileName, err)
	}
	s.http = http1.Server{
		Handler: s.answer,
		Admit:   s.admits,
		MaxBody: 4 << 10,
		// One that connects and does not ask is sent away.
		FirstByte:   5 * time.Second,
		Request:     5 * time.Second,
		NoKeepAlive: true,
	}
	return s, nil
}

func (s *Server) write() error {
	return write(s.dir, address{Address: s.listener.Addr().String(), Token: s.token, PID: os.Getpid()})
}

// Serve answers until Close.
func (s *Server) Serve() {
	s.http.Start(s.listener)
	ended := make(chan struct{})
	go func() { defer close(ended); s.http.Wait() }()
	tick := time.NewTicker(keepEvery)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			s.keep()
		case <-ended:
			return
		}
	}
}

// keep puts the file back where it was deleted, with its folder. One that is there is left alone,
// whatever it says: it may be another's.
func (s *Server) keep() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, err := os.Lstat(filepath.Join(s.dir, FileName)); !s.closed && errors.Is(err, fs.ErrNotExist) {
		_ = os.MkdirAll(s.dir, 0o700) // the folder may have gone with it
		_ = s.write()                 // tried again
	}
}

// Close takes the file away and ends every request.
func (s *Server) Close() {
	s.mu.Lock()
	s.closed = true
	remove(s.dir, s.token)
	s.mu.Unlock()
	_ = s.listener.Close() // where Serve was never called, nobody else does
	s.http.Close(false)
}

// admits lets through who holds the token. A web page that a browser shows on
// this machine is kept out by Host and Origin as well, should it ever learn it.
func (s *Server) admits(r *http1.Request) bool {
	want, got := []byte("Bearer "+s.token), []byte(r.Get("Authorization"))
	hosts := r.Header["Host"]
	_, fromPage := r.Header["Origin"]
	return subtle.ConstantTimeCompare(got, want) == 1 && len(hosts) == 1 && hosts[0] == s.listener.Addr().String() && !fromPage
}

func (s *Server) answer(a *http1.Answer, r *http1.Request) {
	doers := map[string]struct {
		method string
		do     func(a *http1.Answer, r *http1.Request)
	}{
		"/snapshot":  {"GET", func(a *http1.Answer, _ *http1.Request) { respond(a, s.report(s.monitor.Snapshot())) }},
		"/reconnect": {"POST", s.reconnect},
		"/ready":     {"POST", done(s.monitor.Ready)},
		"/pause":     {"POST", s.pause},
		"/resume":    {"POST", done(s.monitor.Resume)},
		"/password":  {"POST", done(s.monitor.PasswordChanged)},
		"/quit":      {"POST", s.quit},
	}
	switch doer, ok := doers[r.Path]; {
	case !ok:
		a.Text(http1.StatusNotFound, "not found")
	case doer.method != r.Method:
		a.Set("Allow", doer.method)
		a.Text(http1.StatusMethodNotAllowed, "method not allowed")
	default:
		doer.do(a, r)
	}
}

// quit answers before it ends what the answer comes over.
func (s *Server) quit(a *http1.Answer, _ *http1.Request) {
	if s.Quit == nil {
		a.Text(http1.StatusNotFound, "it cannot be asked to")
		return
	}
	a.Empty(http1.StatusNoContent)
	s.Quit()
}

// done answers nothing but that it was done.
func done(do func()) func(*http1.Answer, *http1.Request) {
	return func(a *http1.Answer, _ *http1.Request) {
		do()
		a.Empty(http1.StatusNoContent)
	}
}

func (s *Server) report(snap monitor.Snapshot) Report {
	return NewReport(snap, s.address(), s.version, true)
}

func (s *Server) reconnect(a *http1.Answer, r *http1.Request) {
	var ask reconnectRequest
	if !readRequest(a, r, &ask) {
		return
	}
	respond(a, Reconnect(r.Context(), s.monitor, ask.Wait, time.Duration(ask.TimeoutMS)*time.Millisecond))
}

type reconnectRequest struct {
	Wait      bool  `json:"wait"`
	TimeoutMS int64 `json:"timeout_ms"`
}

type pauseRequest struct {
	MS int64 `json:"ms"` // 0: until resumed
}

// longestPause is what still counts as one with an end. The clock, which is
// added to it, would overflow beyond.
const longestPause = 100 * 365 * 24 * time.Hour

func (s *Server) pause(a *http1.Answer, r *http1.Request) {
	var ask pauseRequest
	if !readRequest(a, r, &ask) {
		return
	}
	if ask.MS < 0 || ask.MS > longestPause.Milliseconds() {
		a.Text(http1.StatusBadRequest, "a pause is from 0 to 100 years")
		return
	}
	s.monitor.Pause(time.Duration(ask.MS) * time.Millisecond)
	a.Empty(http1.StatusNoContent)
}

func readRequest(a *http1.Answer, r *http1.Request, into any) bool {
	dec := json.NewDecoder(bytes.NewReader(r.Body))
	dec.DisallowUnknownFields()
	if r.BodyError != nil || dec.Decode(into) != nil {
		a.Text(http1.StatusBadRequest, "the request cannot be read")
		return false
	}
	return true
}

func respond(a *http1.Answer, v any) {
	data, err := json.Marshal(v)
	if err != nil {
		return // nothing that is told here can fail; the asker is told by the end of the connection
	}
	a.Send(http1.StatusOK, "application/json", append(data, '\n'))
}
