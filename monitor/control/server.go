package control

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"altv-tray/monitor"
	"altv-tray/monitor/beat"
	"altv-tray/monitor/debugport"
)

// App is what the server needs of the tray app. All fields must be set.
type App struct {
	Monitor      *monitor.Monitor
	Report       func(monitor.Snapshot) Report
	Line         func(monitor.Event) string     // describes an event in English; empty if it is not worth a line
	FileRestored func()                         // is called after a deleted file has been written again
	Checks       func(ctx context.Context) any  // returns doctor's checks, for JSON
	Open         func() (url string, err error) // returns the dashboard's address with a code

	Reconnect func() (job uint64, merged bool)             // see monitor.Monitor.Reconnect
	Order     func(what string, with Request) (known bool) // handles a request without an answer, such as Pause
}

// Server answers the commands.
type Server struct {
	app      App
	listener net.Listener
	dir      string
	at       address // the content of the file in dir
	http     http.Server
	watches  chan struct{} // has a value for each Watch under way
}

// keepEvery is how often the server checks that the file exists.
const keepEvery = 5 * time.Second

// LookTimeout limits a look at client and server.
const LookTimeout = debugport.Timeout + 500*time.Millisecond

const (
	readLimit  = 5 * time.Second // for a complete request; then the connection is closed
	writeLimit = 10 * time.Second
	maxBody    = 4 << 10
	maxHeader  = 16 << 10
	maxConns   = 64 // at a time; further ones wait
)

// Listen opens the control port and writes the file into the state folder dir.
func Listen(dir string, app App) (*Server, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("opening a port for commands: %w", err)
	}
	at := address{Address: l.Addr().String(), Token: rand.Text() + rand.Text(), PID: os.Getpid()}
	s := &Server{app: app, listener: l, dir: dir, at: at, watches: make(chan struct{}, maxWatches)}
	if err := write(dir, at); err != nil {
		_ = l.Close()
		return nil, fmt.Errorf("writing %s for commands: %w", FileName, err)
	}
	slots := make(chan struct{}, maxConns)
	s.http = http.Server{
		Handler:                      http.HandlerFunc(s.answer),
		DisableGeneralOptionsHandler: true, // it would answer without a token
		ReadTimeout:                  readLimit,
		WriteTimeout:                 writeLimit,
		MaxHeaderBytes:               maxHeader,
		ConnState: func(_ net.Conn, state http.ConnState) { // http.Server accepts no connection while this waits
			switch state {
			case http.StateNew:
				slots <- struct{}{}
			case http.StateClosed:
				<-slots
			}
		},
		ErrorLog: log.New(io.Discard, "", 0), // a broken request is not the user's business
	}
	s.http.SetKeepAlivesEnabled(false)
	return s, nil
}

// closeLimit is how long Serve waits, at its end, for answers that are being written.
const closeLimit = 500 * time.Millisecond

// Serve answers until ctx ends. Then it deletes the file and ends all requests.
func (s *Server) Serve(ctx context.Context) {
	s.http.BaseContext = func(net.Listener) context.Context { return ctx }
	var serving sync.WaitGroup
	serving.Go(func() { _ = s.http.Serve(s.listener) })
	for ctx.Err() == nil {
		select {
		case <-beat.After(keepEvery):
			s.keep()
		case <-ctx.Done():
		}
	}
	remove(s.dir, s.at.Token)
	limit, cancel := context.WithTimeout(context.Background(), closeLimit)
	defer cancel()
	if s.http.Shutdown(limit) != nil {
		_ = s.http.Close()
	}
	serving.Wait()
}

// keep writes the file again if it was deleted. Another file in its place may be another app's.
func (s *Server) keep() {
	_, err := os.Lstat(filepath.Join(s.dir, FileName))
	if errors.Is(err, fs.ErrNotExist) && write(s.dir, s.at) == nil {
		s.app.FileRestored()
	}
}

// admits reports whether a request has the token. The checks of Host and Origin keep web pages
// out, even one that knew the token. The Host header does not count with a request target such
// as "http://host/", so that is refused.
func (s *Server) admits(r *http.Request) bool {
	want, got := []byte("Bearer "+s.at.Token), []byte(r.Header.Get("Authorization"))
	_, fromPage := r.Header["Origin"]
	return subtle.ConstantTimeCompare(got, want) == 1 && r.Host == s.at.Address &&
		strings.HasPrefix(r.RequestURI, "/") && !fromPage
}

// The requests of commands, as method and path. Those of the first group have an answer.
const (
	Snapshot  = "GET /snapshot"   // a Report
	Look      = "GET /look"       // a Report with a status that is not older than the request
	Watch     = "GET /watch"      // Updates, one a line, until the command ends
	Checks    = "GET /checks"     // what App.Checks returns
	Open      = "POST /open"      // the dashboard's address, which opens one page within a minute
	Reconnect = "POST /reconnect" // a ReconnectResult

	Ready           = "POST /ready" // the server's own start-up is over
	Pause           = "POST /pause"
	Resume          = "POST /resume"
	PasswordChanged = "POST /password" // another one was stored
	Press           = "POST /press"    // a notification's button; an invalid code is no error
	Quit            = "POST /quit"     // the answer does not wait until the tray app has ended
)

// Request is the body of a POST. Fields that are not needed are left out, so that a tray app of
// another version, which may have to quit, accepts it too.
type Request struct {
	Wait    bool          `json:"wait,omitempty"`    // for a reconnect: wait until in game
	Timeout time.Duration `json:"timeout,omitempty"` // for a reconnect, in nanoseconds
	Pause   time.Duration `json:"pause,omitempty"`   // in nanoseconds; 0 means until resumed
	Code    string        `json:"code,omitempty"`    // of the button
}

// longestPause keeps monitor.Time from overflowing.
const longestPause = 100 * 365 * 24 * time.Hour

func (s *Server) answer(w http.ResponseWriter, r *http.Request) {
	var ask Request
	if !s.admits(r) {
		http.Error(w, "forbidden", http.StatusForbidden)
		return
	}
	if r.Method == http.MethodPost && !readRequest(w, r, &ask) {
		return
	}
	switch what := r.Method + " " + r.URL.EscapedPath(); what {
	case Look:
		ctx, cancel := context.WithTimeout(r.Context(), LookTimeout)
		s.app.Monitor.Look(ctx)
		cancel()
		fallthrough
	case Snapshot:
		respond(w, s.app.Report(s.app.Monitor.Snapshot()))
	case Watch:
		s.watch(w, r)
	case Checks:
		unlimited(w)
		respond(w, s.app.Checks(r.Context()))
	case Reconnect:
		unlimited(w)
		respond(w, DoReconnect(r.Context(), s.app.Monitor, s.app.Reconnect, ask.Wait, ask.Timeout))
	case Open:
		url, err := s.app.Open()
		if err != nil {
			http.Error(w, "the dashboard cannot be served", http.StatusInternalServerError)
			return
		}
		respond(w, url)
	default:
		ask.Pause = max(0, min(ask.Pause, longestPause))
		if !s.app.Order(what, ask) {
			http.Error(w, "not found", http.StatusNotFound)
		}
	}
}

// readRequest reads the complete body: only then does package http notice that the command ends.
func readRequest(w http.ResponseWriter, r *http.Request, into *Request) bool {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.DisallowUnknownFields()
	if err != nil || dec.Decode(into) != nil {
		http.Error(w, "the request cannot be read", http.StatusBadRequest)
		return false
	}
	return true
}

// unlimited lifts the time limits of the request. Its context ends when the command does.
func unlimited(w http.ResponseWriter) {
	c := http.NewResponseController(w)
	_, _ = c.SetReadDeadline(time.Time{}), c.SetWriteDeadline(time.Time{})
}

func respond(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v) // fails only if the command has ended
}
