package control

import (
	"crypto/subtle"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"time"

	"altv-tray/monitor"
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
	http     *http.Server
}

// Listen opens the control port and writes the file into the state folder dir.
// It replaces a file that an ended program left. Close takes it away again.
func Listen(dir string, m *monitor.Monitor, clientAddress func() string, version string) (*Server, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("opening a port for commands: %w", err)
	}
	s := &Server{monitor: m, address: clientAddress, version: version, listener: l, dir: dir, token: newToken()}
	if err := write(dir, address{Address: l.Addr().String(), Token: s.token, PID: os.Getpid()}); err != nil {
		_ = l.Close()
		return nil, fmt.Errorf("writing %s for commands: %w", FileName, err)
	}
	s.http = &http.Server{
		Handler:           s.handler(),
		ReadHeaderTimeout: 5 * time.Second,
		MaxHeaderBytes:    16 << 10,
	}
	return s, nil
}

// Serve answers until Close.
func (s *Server) Serve() {
	_ = s.http.Serve(s.listener) // its only end is Close
}

// Close takes the file away and ends every request.
func (s *Server) Close() {
	remove(s.dir, s.token)
	_ = s.http.Close()
}

func (s *Server) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /snapshot", func(w http.ResponseWriter, _ *http.Request) {
		respond(w, s.report(s.monitor.Snapshot()))
	})
	mux.HandleFunc("GET /watch", s.watch)
	mux.HandleFunc("POST /reconnect", s.reconnect)
	mux.HandleFunc("POST /ready", func(w http.ResponseWriter, _ *http.Request) {
		s.monitor.Ready()
		w.WriteHeader(http.StatusNoContent)
	})
	mux.HandleFunc("POST /pause", s.pause)
	mux.HandleFunc("POST /resume", func(w http.ResponseWriter, _ *http.Request) {
		s.monitor.Resume()
		w.WriteHeader(http.StatusNoContent)
	})
	mux.HandleFunc("POST /password", func(w http.ResponseWriter, _ *http.Request) {
		s.monitor.PasswordChanged()
		w.WriteHeader(http.StatusNoContent)
	})
	mux.HandleFunc("POST /quit", func(w http.ResponseWriter, r *http.Request) {
		if s.Quit == nil {
			http.NotFound(w, r)
			return
		}
		w.WriteHeader(http.StatusNoContent)
		_ = http.NewResponseController(w).Flush() // what follows ends this connection
		s.Quit()
	})
	return s.guard(mux)
}

// guard lets through who holds the token. A web page that a browser shows on
// this machine is kept out by Host and Origin as well, should it ever learn it.
func (s *Server) guard(next http.Handler) http.Handler {
	want := []byte("Bearer " + s.token)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got := []byte(r.Header.Get("Authorization"))
		_, fromPage := r.Header["Origin"]
		if subtle.ConstantTimeCompare(got, want) != 1 || r.Host != s.listener.Addr().String() || fromPage {
			http.Error(w, "forbidden", http.StatusForbidden)
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, 4<<10)
		next.ServeHTTP(w, r)
	})
}

func (s *Server) report(snap monitor.Snapshot) Report {
	return NewReport(snap, s.address(), s.version, true)
}

func (s *Server) watch(w http.ResponseWriter, r *http.Request) {
	sub := s.monitor.Subscribe()
	defer sub.Close()
	out := http.NewResponseController(w)
	enc := json.NewEncoder(w)
	for {
		select {
		case <-sub.C():
		case <-r.Context().Done():
			return
		}
		snap, _, _ := sub.Take()
		if enc.Encode(s.report(snap)) != nil || out.Flush() != nil {
			return
		}
	}
}

func (s *Server) reconnect(w http.ResponseWriter, r *http.Request) {
	var ask reconnectRequest
	if !readRequest(w, r, &ask) {
		return
	}
	respond(w, Reconnect(r.Context(), s.monitor, ask.Wait, time.Duration(ask.TimeoutMS)*time.Millisecond))
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

func (s *Server) pause(w http.ResponseWriter, r *http.Request) {
	var ask pauseRequest
	if !readRequest(w, r, &ask) {
		return
	}
	if ask.MS < 0 || ask.MS > longestPause.Milliseconds() {
		http.Error(w, "a pause is from 0 to 100 years", http.StatusBadRequest)
		return
	}
	s.monitor.Pause(time.Duration(ask.MS) * time.Millisecond)
	w.WriteHeader(http.StatusNoContent)
}

func readRequest(w http.ResponseWriter, r *http.Request, into any) bool {
	dec := json.NewDecoder(r.Body)
	dec.DisallowUnknownFields()
	if err := dec.Decode(into); err != nil {
		http.Error(w, "the request cannot be read", http.StatusBadRequest)
		return false
	}
	return true
}

func respond(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v) // it fails only where the asker has gone
}
