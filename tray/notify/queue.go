// Package notify shows notifications, one after the other.
package notify

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"altv-tray/tray/view"
)

const (
	// maxNotices is how many wait at most; the newest are kept.
	maxNotices = 4
	// noticeLimit is how long the desktop may take for one.
	noticeLimit = 5 * time.Second
	// sameAgain is for how long the same notice is not told again.
	sameAgain = time.Minute
)

// Queue shows notices one after the other, so that a desktop that hangs
// holds nothing up. What could not be told stands in the log.
type Queue struct {
	tell func(view.Notice) error
	log  *slog.Logger

	mu    sync.Mutex
	queue []view.Notice
	wake  chan struct{}
	told  map[view.Notice]time.Time
}

func New(tell func(view.Notice) error, log *slog.Logger) *Queue {
	return &Queue{tell: tell, log: log, wake: make(chan struct{}, 1), told: make(map[view.Notice]time.Time)}
}

// Answer puts a notice at the end of the queue that somebody waits for. It does
// not block.
func (n *Queue) Answer(what view.Notice) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.put(what)
}

// Add is Answer for what nobody asked for: the same one within a minute is
// dropped, so that a server that comes and goes makes no stream of them.
func (n *Queue) Add(what view.Notice) {
	n.mu.Lock()
	defer n.mu.Unlock()
	now := time.Now()
	for old, at := range n.told {
		if now.Sub(at) >= sameAgain {
			delete(n.told, old)
		}
	}
	if _, again := n.told[what]; again {
		return
	}
	n.told[what] = now
	n.put(what)
}

func (n *Queue) put(what view.Notice) {
	if n.queue = append(n.queue, what); len(n.queue) > maxNotices {
		n.log.Warn("notification_dropped", "title", n.queue[0].Title)
		n.queue = append([]view.Notice(nil), n.queue[1:]...)
	}
	select {
	case n.wake <- struct{}{}:
	default:
	}
}

// Run tells notices until ctx ends. One that the desktop does not take within
// the limit is left behind: there is no way to end such a call, but until it
// ends no other is made.
func (n *Queue) Run(ctx context.Context) {
	for {
		what, ok := n.next()
		if !ok {
			select {
			case <-n.wake:
				continue
			case <-ctx.Done():
				return
			}
		}
		done := make(chan error, 1)
		go func() { done <- n.try(what) }()
		limit := time.NewTimer(noticeLimit)
		select {
		case err := <-done:
			n.report(what, err)
		case <-limit.C:
			n.log.Warn("notification_hangs", "title", what.Title, "limit", noticeLimit)
			select {
			case err := <-done:
				n.report(what, err)
			case <-ctx.Done():
				return
			}
		case <-ctx.Done():
			limit.Stop()
			return
		}
		limit.Stop()
	}
}

func (n *Queue) next() (view.Notice, bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if len(n.queue) == 0 {
		return view.Notice{}, false
	}
	what := n.queue[0]
	n.queue = n.queue[1:]
	return what, true
}

func (n *Queue) try(what view.Notice) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("showing a notification panicked: %v", r)
		}
	}()
	return n.tell(what)
}

func (n *Queue) report(what view.Notice, err error) {
	if err != nil {
		n.log.Warn("notification_failed", "title", what.Title, "error", err)
		return
	}
	n.log.Info("notified", "title", what.Title, "body", what.Body)
}
