// Package notify shows notifications one after the other.
package notify

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"time"

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
	show    func(view.Notice) error
	log     *slog.Logger
	waiting chan view.Notice
	added   map[view.Notice]time.Time // by Add
}

// New makes a Queue that calls show for each notice, but never for two at the same time.
func New(show func(view.Notice) error, log *slog.Logger) *Queue {
	return &Queue{show: show, log: log, waiting: make(chan view.Notice, maxNotices), added: make(map[view.Notice]time.Time)}
}

// AddAlways adds a notice that the user expects, or the removal of one. It does not block: if too many
// wait, it drops the oldest. Any goroutine may call it.
func (q *Queue) AddAlways(n view.Notice) {
	for {
		select {
		case q.waiting <- n:
			return
		default:
		}
		select {
		case oldest := <-q.waiting:
			q.log.Warn("notification_dropped", "title", oldest.Title)
		default:
		}
	}
}

// Add adds a notice, unless it has added the same one within the last minute: not every restart of an
// unstable server is announced. It does not block. It must not be called twice at the same time.
func (q *Queue) Add(n view.Notice) {
	now := time.Now()
	maps.DeleteFunc(q.added, func(_ view.Notice, at time.Time) bool { return now.Sub(at) >= repeatAfter })
	if _, again := q.added[n]; !again {
		q.added[n] = now
		q.AddAlways(n)
	}
}

// Run shows notices until ctx ends. A call that the desktop does not answer cannot be ended, so the next
// notice is shown when the call returns.
func (q *Queue) Run(ctx context.Context) {
	for ctx.Err() == nil {
		var n view.Notice
		select {
		case n = <-q.waiting:
		case <-ctx.Done():
			return
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
