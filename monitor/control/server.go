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

// App is what the server needs of the tray app. All must be set.
type App struct {
	Monitor      *monitor.Monitor
	Report       func(monitor.Snapshot) Report
	Line         func(monitor.Event) string     // puts an event into English; empty: it is not worth a line
	FileRestored func()                         // is called when a deleted file has been written again
	Checks       func(ctx context.Context) any  // what doctor finds, as JSON
	Open         func() (url string, err error) // the dashboard's address with a code

	Reconnect func() (job uint64, joined bool)             // as monitor.Monitor's
	Order     func(what string, with Request) (known bool) // does what has no answer, such as Pause
}

// Server answers the commands for as long as the tray app runs.
type Server struct {
	app      App
	listener net.Listener
	dir      string
	at       address // what the file in dir says
	http     http.Server
	watches  chan struct{} // those that go on
}

// keepEvery is how often the server checks that the file is there.
const keepEvery = 5 * time.Second

// LookTimeout is how long a look at client and server takes at most.
const LookTimeout = debugport.Timeout + 500*time.Millisecond

const (
	readLimit  = 5 * time.Second // for a whole request; then the connection is closed
	writeLimit = 10 * time.Second
	maxBody    = 4 << 10
	maxHeader  = 16 << 10
	// maxConns bounds the connections at a time; further ones wait.
	maxConns = 64
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
		ConnState: func(_ net.Conn, state http.ConnState) { // accepting waits for it
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

// closeLimit is how long the end waits for answers that are being written.
const closeLimit = 500 * time.Millisecond

// Serve answers until ctx ends. Then it deletes the file, and ends every request.
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

// keep writes a deleted file again. Another file in its place may be another app's.
func (s *Server) keep() {
	if _, err := os.Lstat(filepath.Join(s.dir, FileName)); errors.Is(err, fs.ErrNotExist) {
		// If it fails, the next tick tries again.
		if write(s.dir, s.at) == nil {
			s.app.FileRestored()
		}
	}
}

// admits reports whether a request has the token. Host and Origin also keep out web pages,
// should one ever learn the token. A target such as "http://host/" hides the Host header.
func (s *Server) admits(r *http.Request) bool {
	want, got := []byte("Bearer "+s.at.Token), []byte(r.Header.Get("Authorization"))
	_, fromPage := r.Header["Origin"]
	return subtle.ConstantTimeCompare(got, want) == 1 && r.Host == s.at.Address &&
		strings.HasPrefix(r.RequestURI, "/") && !fromPage
}

// What a command can ask for: the request's method and path.
const (
	Snapshot  = "GET /snapshot"   // the answer is a Report
	Look      = "GET /look"       // a Report with a status that is not older than the request
	Watch     = "GET /watch"      // an Update a line until the command ends
	Checks    = "GET /checks"     // what App.Checks returns
	Open      = "POST /open"      // the dashboard's address, good for one page within a minute
	Reconnect = "POST /reconnect" // a Verdict

	Ready           = "POST /ready" // the server's own start-up is over
	Pause           = "POST /pause"
	Resume          = "POST /resume"
	PasswordChanged = "POST /password" // another one was stored
	Press           = "POST /press"    // the button of a notification; a code that is not in force is no error
	Quit            = "POST /quit"     // the tray app then ends in its own time
)

// Request is what a command sends along with a POST. What it does not need is left out, so
// that an app of another version takes it, too: that may have to quit.
type Request struct {
	Wait    bool          `json:"wait,omitempty"`    // of a reconnect, until in game
	Timeout time.Duration `json:"timeout,omitempty"` // of a reconnect, in nanoseconds
	Pause   time.Duration `json:"pause,omitempty"`   // in nanoseconds; 0: until resumed
	Code    string        `json:"code,omitempty"`    // of the button
}

// longestPause keeps the clock from overflowing.
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

// readRequest reads the whole body: only then does package http notice the command's end.
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

// unlimited lets the answer take as long as the command waits, whose end ends the request's
// context.
func unlimited(w http.ResponseWriter) {
	c := http.NewResponseController(w)
	_, _ = c.SetReadDeadline(time.Time{}), c.SetWriteDeadline(time.Time{})
}

func respond(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v) // it fails only if the command has ended
}
