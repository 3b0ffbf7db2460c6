// Package dashboard serves the page on which a user sees, sets up and steers the
// tray app: static files and an API on a loopback port of its own, open only
// while a page is.
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
	History  func() ([]history.Entry, error) // all that is kept, oldest first
	Recorded *live.Feed[history.Entry]       // what is added to it from now on
	Checks   Checks
	Folder   func(ctx context.Context, what string) (string, error)                 // asks for an action.ServerFolder or ClientFolder
	Change   func(ctx context.Context, version int, c settings.Change) (int, error) // as settings.Store's
	Log      string                                                                 // the log's file
	Logger   *slog.Logger
	Now      func() time.Time
}

// Checks looks at what a reconnect depends on; it may take 10 s. Seen is told each
// check as soon as it is known, with its place among all, by the goroutine that called.
type Checks func(ctx context.Context, seen func(place int, c doctor.Check)) []doctor.Check

// Server serves the page. Make it with New; its methods may be called from any
// goroutine.
type Server struct {
	Parts
	keys     keys
	checking chan struct{} // one look at a time
	linger   time.Duration // how long it serves after the last page has gone

	mu      sync.Mutex // guards what follows
	serving *serving   // nil: nothing is served
	address string     // where it served last; empty: never
	closed  bool
	ends    sync.WaitGroup // one for each that is served or still ending
}

// lingers is longer than a code lives, so that none is left when it ends.
const lingers = 2 * time.Minute

// New makes a Server that serves nothing yet.
func New(p Parts) *Server {
	return &Server{Parts: p, checking: make(chan struct{}, 1), linger: lingers}
}

var errClosed = errors.New("altv-tray is ending")

// Open returns the address of the page with a fresh one-time code in its
// fragment, and starts serving if nothing is served. Section is the part of the
// page to show: "now", "timeline", "setup", "settings" or "log"; "" is its first, or
// "setup" as long as there has been no reconnect.
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
	s.serving.stay()
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
	return s.serving != nil && s.serving.watched()
}

// Close ends everything and waits for it. Open fails from then on.
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

// endIdle ends what is served unless a page has come meanwhile.
func (s *Server) endIdle(old *serving) {
	s.mu.Lock()
	idle := s.serving == old && old.forsaken()
	if idle {
		s.serving = nil
	}
	s.mu.Unlock()
	if idle {
		old.end()
	}
}
