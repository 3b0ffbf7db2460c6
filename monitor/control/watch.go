package control

import (
	"context"
	"encoding/json"
	"iter"
	"net/http"
	"time"

	"altv-tray/monitor"
)

// Update is one line of the answer to Watch.
type Update struct {
	Report  *Report  `json:"report,omitempty"`  // nil if unchanged; the first Update has one
	Changes []Change `json:"changes,omitempty"` // since the last Update, oldest first
}

// Change is an event, in words.
type Change struct {
	At   time.Time `json:"at"`
	Text string    `json:"text"` // in English
}

// Updates yields what a new subscription delivers: what is known now, and then each change, until
// ctx ends.
func Updates(ctx context.Context, sub *monitor.Subscription, report func(monitor.Snapshot) Report, line func(monitor.Event) string) iter.Seq[Update] {
	return func(yield func(Update) bool) {
		var last monitor.Snapshot
		for snap, events := range sub.All(ctx) {
			var u Update
			if snap != last {
				last = snap
				r := report(snap)
				u.Report = &r
			}
			now := time.Now()
			for _, e := range events {
				if text := line(e); text != "" {
					u.Changes = append(u.Changes, Change{snap.WallTime(e.At, now), text})
				}
			}
			if (u.Report != nil || u.Changes != nil) && !yield(u) {
				return
			}
		}
	}
}

// maxWatches limits the Watch requests at a time; further ones are refused.
const maxWatches = 16

// watch answers Watch.
func (s *Server) watch(w http.ResponseWriter, r *http.Request) {
	select {
	case s.watches <- struct{}{}:
		defer func() { <-s.watches }()
	default:
		http.Error(w, "too many watch already", http.StatusServiceUnavailable)
		return
	}
	c := http.NewResponseController(w)
	_ = c.SetReadDeadline(time.Time{}) // r's context ends with the connection
	w.Header().Set("Content-Type", "application/x-ndjson")
	out := json.NewEncoder(w)
	sub := s.app.Monitor.Subscribe()
	defer sub.Close()
	for u := range Updates(r.Context(), sub, s.app.Report, s.app.Line) {
		_ = c.SetWriteDeadline(time.Now().Add(writeLimit))
		if out.Encode(u) != nil || c.Flush() != nil {
			return
		}
	}
}

// Watch yields what the tray app knows now, and then each change, until ctx or the app ends.
func (c *Client) Watch(ctx context.Context) iter.Seq[Update] {
	return func(yield func(Update) bool) {
		resp, err := c.request(ctx, Watch, Request{})
		if err != nil {
			return
		}
		defer func() { _ = resp.Body.Close() }()
		for lines := json.NewDecoder(resp.Body); ; {
			var u Update
			if lines.Decode(&u) != nil || !yield(u) {
				return
			}
		}
	}
}
