package tray

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"
)

const (
	// maxNotices is how many wait at most; the newest are kept.
	maxNotices = 4
	// noticeLimit is how long the desktop may take for one.
	noticeLimit = 5 * time.Second
	// sameAgain is for how long the same notice is not told again.
	sameAgain = time.Minute
)

// notifier tells notices one after the other, so that a desktop that hangs
// holds nothing up. What could not be told stands in the log.
type notifier struct {
	tell func(notice) error
	log  *slog.Logger

	mu    sync.Mutex
	queue []notice
	wake  chan struct{}
	told  map[notice]time.Time
}

func newNotifier(tell func(notice) error, log *slog.Logger) *notifier {
	return &notifier{tell: tell, log: log, wake: make(chan struct{}, 1), told: make(map[notice]time.Time)}
}

// Answer puts a notice at the end of the queue that somebody waits for. It does
// not block.
func (n *notifier) Answer(what notice) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.put(what)
}

// Add is Answer for what nobody asked for: the same one within a minute is
// dropped, so that a server that comes and goes makes no stream of them.
func (n *notifier) Add(what notice) {
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

func (n *notifier) put(what notice) {
	if n.queue = append(n.queue, what); len(n.queue) > maxNotices {
		n.log.Warn("notification_dropped", "title", n.queue[0].title)
		n.queue = append([]notice(nil), n.queue[1:]...)
	}
	select {
	case n.wake <- struct{}{}:
	default:
	}
}

// Run tells notices until ctx ends. One that the desktop does not take within
// the limit is left behind: there is no way to end such a call, but until it
// ends no other is made.
func (n *notifier) Run(ctx context.Context) {
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
			n.log.Warn("notification_hangs", "title", what.title, "limit", noticeLimit)
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

func (n *notifier) next() (notice, bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if len(n.queue) == 0 {
		return notice{}, false
	}
	what := n.queue[0]
	n.queue = n.queue[1:]
	return what, true
}

func (n *notifier) try(what notice) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("showing a notification panicked: %v", r)
		}
	}()
	return n.tell(what)
}

func (n *notifier) report(what notice, err error) {
	if err != nil {
		n.log.Warn("notification_failed", "title", what.title, "error", err)
		return
	}
	n.log.Info("notified", "title", what.title, "body", what.body)
}
