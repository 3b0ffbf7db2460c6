// Package dashboard serves the page that shows and controls the tray app: static files and an API on a
// loopback port of its own, which is open only while a page is.
package dashboard

import (
	"context"
	"errors"
	"log/slog"
	"net/url"
	"sync"
	"time"

	"altv-tray/monitor/history"
	"altv-tray/monitor/live"
	"altv-tray/settings"
	"altv-tray/tray/action"
	"altv-tray/tray/doctor"
	"altv-tray/tray/view"
)

// Parts are what the page shows and does. All must be set.
type Parts struct {
	Scenes   *live.Value[view.Scene]
	Do       func(action.Action) action.Result
	Store    *settings.Store
	History  func() ([]history.Entry, error) // returns the whole history, oldest first
	Recorded *live.Feed[history.Entry]       // new entries of the history
	Checks   Checks
	Folder   func(ctx context.Context, which string) (string, error)                // asks for an action.ServerFolder or ClientFolder
	Change   func(ctx context.Context, version int, c settings.Change) (int, error) // see settings.Store.Change
	Log      string                                                                 // the log's file
	Logger   *slog.Logger
	Now      func() time.Time
}

// Checks runs the doctor's checks, which may take 10 s. It calls seen on its own goroutine as soon as it
// knows a check, with the check's place among all.
type Checks func(ctx context.Context, seen func(place int, c doctor.Check)) []doctor.Check

// Server serves the page. Make it with New; its methods may be called from any goroutine.
type Server struct {
	Parts
	keys     keys
	checking chan struct{} // full while checks run
	linger   time.Duration // how long it serves after the last page was closed; longer than codeLife

	mu      sync.Mutex // guards the fields below
	serving *serving   // nil: the port is closed
	address string     // the last address; empty: none yet
	closed  bool
	ends    sync.WaitGroup // counts the servings that have not ended
}

// New makes a Server. Its port is closed at first.
func New(p Parts) *Server {
	return &Server{Parts: p, checking: make(chan struct{}, 1), linger: 2 * time.Minute}
}

var errClosed = errors.New("altv-tray is ending")

// Open returns the address of the page with a new one-time code in its fragment. It opens the port if
// that is closed. Section is the part of the page to show: "now", "timeline", "setup", "settings" or
// "log"; "" is the first, or "setup" until there has been a reconnect.
func (s *Server) Open(section string) (address string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return "", errClosed
	}
	if s.serving == nil {
		if s.serving, err = s.listen(); err != nil {
			return "", err
		}
		s.address = s.serving.address
	}
	s.serving.postpone()
	if section == "" && s.Scenes.Get().Last.Kind == "" {
		section = "setup"
	}
	fragment := "code=" + s.keys.newCode(s.Now())
	if section != "" {
		fragment += "&section=" + url.QueryEscape(section)
	}
	return "http://" + s.address + "/#" + fragment, nil
}

// PageOpen reports whether a page is open.
func (s *Server) PageOpen() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.serving != nil && s.serving.pageOpen()
}

// Close closes the port, ends all requests and waits for their end. After that, Open fails.
func (s *Server) Close() {
	s.mu.Lock()
	s.closed = true
	old := s.serving
	s.serving = nil
	s.mu.Unlock()
	if old != nil {
		old.end()
	}
	s.ends.Wait()
}

// endIdle ends a serving, unless a page was opened meanwhile.
func (s *Server) endIdle(old *serving) {
	s.mu.Lock()
	idle := s.serving == old && old.expired()
	if idle {
		s.serving = nil
	}
	s.mu.Unlock()
	if idle {
		old.end()
	}
}
