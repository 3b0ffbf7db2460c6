// Package notify shows notifications one after the other.
package notify

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"

	"altv-tray/monitor/live"
	"altv-tray/tray/view"
)

const (
	maxNotices  = 4               // the most that wait; the newest are kept
	noticeLimit = 5 * time.Second // for the desktop to show a notice
	repeatAfter = time.Minute     // before Add shows the same notice again
)

// Queue shows notices one after the other on the goroutine of Run, as a desktop may hang. It logs what
// could not be shown.
type Queue struct {
	show func(view.Notice) error
	log  *slog.Logger
	wake chan struct{} // receives after put

	mu      sync.Mutex // guards the fields below
	waiting []view.Notice
	added   map[view.Notice]time.Time // by Add
}

// New makes a Queue that calls show for each notice, but never for two at the same time.
func New(show func(view.Notice) error, log *slog.Logger) *Queue {
	return &Queue{show: show, log: log, wake: make(chan struct{}, 1), added: make(map[view.Notice]time.Time)}
}

// AddAlways adds a notice that the user expects, or the removal of one. It does not block.
func (q *Queue) AddAlways(n view.Notice) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.put(n)
}

// Add adds a notice, unless it has added the same one within the last minute: not every restart of an
// unstable server is announced. It does not block.
func (q *Queue) Add(n view.Notice) {
	q.mu.Lock()
	defer q.mu.Unlock()
	now := time.Now()
	maps.DeleteFunc(q.added, func(_ view.Notice, at time.Time) bool { return now.Sub(at) >= repeatAfter })
	if _, again := q.added[n]; !again {
		q.added[n] = now
		q.put(n)
	}
}

// put adds a notice. It drops a waiting notice with the same tag, and the oldest if the queue is full.
// q.mu must be held.
func (q *Queue) put(n view.Notice) {
	q.waiting = slices.DeleteFunc(q.waiting, func(w view.Notice) bool { return w.Tag != "" && w.Tag == n.Tag })
	if len(q.waiting) == maxNotices {
		q.log.Warn("notification_dropped", "title", q.waiting[0].Title)
		q.waiting = slices.Delete(q.waiting, 0, 1)
	}
	q.waiting = append(q.waiting, n)
	live.Wake(q.wake)
}

// next removes and returns the oldest waiting notice; ok is false if there is none.
func (q *Queue) next() (n view.Notice, ok bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.waiting) == 0 {
		return n, false
	}
	n = q.waiting[0]
	q.waiting = slices.Delete(q.waiting, 0, 1)
	return n, true
}

// Run shows notices until ctx ends. A call that the desktop does not answer cannot be ended, so the next
// notice is shown when the call returns.
func (q *Queue) Run(ctx context.Context) {
	for ctx.Err() == nil {
		n, ok := q.next()
		if !ok {
			select {
			case <-q.wake:
			case <-ctx.Done():
			}
			continue
		}
		done := make(chan error, 1)
		go func() { done <- q.try(n) }()
		slow := time.AfterFunc(noticeLimit, func() {
			q.log.Warn("notification_hangs", "title", n.Title, "limit", noticeLimit)
		})
		select {
		case err := <-done:
			if err != nil {
				q.log.Warn("notification_failed", "title", n.Title, "error", err)
			} else if !n.IsRemoval() {
				q.log.Info("notified", "title", n.Title, "body", n.Body)
			}
		case <-ctx.Done():
		}
		slow.Stop()
	}
}

func (q *Queue) try(n view.Notice) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("showing a notification panicked: %v", r)
		}
	}()
	return q.show(n)
}
