// Package notify shows notifications, one after the other.
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
	// maxNotices is how many wait at most; the newest are kept.
	maxNotices = 4
	// noticeLimit is how long the desktop may take for one.
	noticeLimit = 5 * time.Second
	// sameAgain is how long the same notice is not shown again.
	sameAgain = time.Minute
)

// Queue shows notices one after the other on a goroutine of its own, as a desktop may hang.
// A notice that could not be shown is in the log.
type Queue struct {
	show func(view.Notice) error
	log  *slog.Logger
	more chan struct{} // has one after something was put into waiting

	mu      sync.Mutex // guards what follows
	waiting []view.Notice
	added   map[view.Notice]time.Time
}

func New(show func(view.Notice) error, log *slog.Logger) *Queue {
	return &Queue{show: show, log: log, more: make(chan struct{}, 1), added: make(map[view.Notice]time.Time)}
}

// AddAlways adds a notice that the user waits for, or takes one away, whether that is shown or
// waits. It does not block.
func (n *Queue) AddAlways(what view.Notice) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.put(what)
}

// Add adds a notice that nobody asked for. It drops one that was added within the last
// minute: a server that keeps restarting is not announced each time. It does not block.
func (n *Queue) Add(what view.Notice) {
	n.mu.Lock()
	defer n.mu.Unlock()
	now := time.Now()
	maps.DeleteFunc(n.added, func(_ view.Notice, at time.Time) bool { return now.Sub(at) >= sameAgain })
	if _, again := n.added[what]; !again {
		n.added[what] = now
		n.put(what)
	}
}

// put adds a notice. It removes a waiting one with the same tag, and the oldest if the queue
// is full. n.mu is held.
func (n *Queue) put(what view.Notice) {
	n.waiting = slices.DeleteFunc(n.waiting, func(w view.Notice) bool { return w.Tag != "" && w.Tag == what.Tag })
	if len(n.waiting) == maxNotices {
		n.log.Warn("notification_dropped", "title", n.waiting[0].Title)
		n.waiting = slices.Delete(n.waiting, 0, 1)
	}
	n.waiting = append(n.waiting, what)
	live.Wake(n.more)
}

// next removes the oldest notice that waits and returns it; ok is false if none does.
func (n *Queue) next() (what view.Notice, ok bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if len(n.waiting) == 0 {
		return what, false
	}
	what = n.waiting[0]
	n.waiting = slices.Delete(n.waiting, 0, 1)
	return what, true
}

// Run shows notices until ctx ends. A call that the desktop does not answer cannot be ended;
// the next one is made when it returns.
func (n *Queue) Run(ctx context.Context) {
	for ctx.Err() == nil {
		what, ok := n.next()
		if !ok {
			select {
			case <-n.more:
			case <-ctx.Done():
			}
			continue
		}
		done := make(chan error, 1)
		go func() { done <- n.try(what) }()
		slow := time.AfterFunc(noticeLimit, func() {
			n.log.Warn("notification_hangs", "title", what.Title, "limit", noticeLimit)
		})
		select {
		case err := <-done:
			n.report(what, err)
		case <-ctx.Done():
		}
		slow.Stop()
	}
}

func (n *Queue) try(what view.Notice) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("showing a notification panicked: %v", r)
		}
	}()
	return n.show(what)
}

func (n *Queue) report(what view.Notice, err error) {
	switch {
	case err != nil:
		n.log.Warn("notification_failed", "title", what.Title, "error", err)
	case !what.IsRemoval():
		n.log.Info("notified", "title", what.Title, "body", what.Body)
	}
}
