package monitor

import (
	"context"
	"iter"
	"slices"
	"sync"

	"altv-tray/monitor/debugport"
	"altv-tray/monitor/live"
)

// maxQueued limits the events that are kept for a slow subscriber.
const maxQueued = 1024

// Subscription delivers the newest Snapshot and all Events, in order. A slow subscriber misses
// snapshots and, if more than a thousand events are waiting, the oldest of them.
type Subscription struct {
	mu     sync.Mutex
	snap   Snapshot
	events []Event
	wake   chan struct{}
	hub    *hub
}

// C returns a channel that receives when there is something to Take. It is never closed.
func (s *Subscription) C() <-chan struct{} { return s.wake }

// Take returns the newest snapshot and the events since the last call.
func (s *Subscription) Take() (snap Snapshot, events []Event) {
	s.mu.Lock()
	defer s.mu.Unlock()
	snap, events = s.snap, s.events
	s.events = nil
	return snap, events
}

// All yields the newest snapshot with the events since the last one, now and after each change,
// until ctx ends. It may repeat a snapshot without events.
func (s *Subscription) All(ctx context.Context) iter.Seq2[Snapshot, []Event] {
	return func(yield func(Snapshot, []Event) bool) {
		for {
			if !yield(s.Take()) {
				return
			}
			select {
			case <-s.wake:
			case <-ctx.Done():
				return
			}
		}
	}
}

// Await returns the event that settles a reconnect: the client's answer to the POST, or with
// wait the join, or the reconnect's end before that. An unanswered POST counts as accepted when
// the client's state changes. The subscription must be older than the reconnect. The error is
// ctx's, or context.Canceled if job is 0, as Reconnect returns it once the monitor has ended.
func (s *Subscription) Await(ctx context.Context, job uint64, wait bool) (Event, error) {
	if job == 0 {
		return Event{}, context.Canceled
	}
	var unanswered Event
	for _, events := range s.All(ctx) {
		for _, e := range events {
			if e.Kind == ClientChanged && unanswered.Kind != 0 && e.To.Outcome == debugport.Known {
				return unanswered, nil
			}
			if e.Job != job {
				continue
			}
			switch e.Kind {
			case Joined, Failed, Refused, Cancelled:
				return e, nil
			case AttemptFailed:
				unanswered = Event{}
			case Answered:
				switch {
				case wait:
				case e.Answer == debugport.Accepted, e.Answer == debugport.Unanswered && e.Code/100 == 2:
					return e, nil
				case e.Answer == debugport.Unanswered:
					unanswered = e
				}
			}
		}
	}
	return Event{}, ctx.Err()
}

// Close ends the subscription.
func (s *Subscription) Close() {
	s.hub.mu.Lock()
	defer s.hub.mu.Unlock()
	delete(s.hub.all, s)
}

func (s *Subscription) put(snap Snapshot, events []Event) {
	s.mu.Lock()
	s.snap = snap
	s.events = append(s.events, events...)
	if over := len(s.events) - maxQueued; over > 0 {
		s.events = slices.Delete(s.events, 0, over)
	}
	s.mu.Unlock()
	live.Wake(s.wake)
}

// hub delivers what the loop publishes to all subscriptions.
type hub struct {
	mu   sync.Mutex
	snap Snapshot
	all  map[*Subscription]struct{}
}

// publish delivers the result of a step, unless nothing has changed.
func (h *hub) publish(snap Snapshot, events []Event) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if snap == h.snap && len(events) == 0 {
		return
	}
	h.snap = snap
	for s := range h.all {
		s.put(snap, events)
	}
}

// Snapshot returns the newest snapshot.
func (h *hub) Snapshot() Snapshot {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.snap
}

// Subscribe returns a subscription that begins with the newest snapshot. Close it in the end.
func (h *hub) Subscribe() *Subscription {
	s := &Subscription{wake: make(chan struct{}, 1), hub: h}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.all[s] = struct{}{}
	s.put(h.snap, nil)
	return s
}
