package monitor

import (
	"context"
	"iter"
	"slices"
	"sync"

	"altv-tray/monitor/live"
)

// maxQueued bounds what is kept for a subscriber that does not take its events.
const maxQueued = 1024

// Subscription delivers the newest Snapshot and the Events, in order, to one subscriber. A
// slow one misses snapshots and, beyond a thousand, the oldest events.
type Subscription struct {
	mu     sync.Mutex
	snap   Snapshot
	events []Event
	lost   int
	wake   chan struct{}
	hub    *hub
}

// C receives a value when there is something to Take. It is never closed.
func (s *Subscription) C() <-chan struct{} { return s.wake }

// Take returns the newest snapshot, the events since the last call, and how many were lost.
func (s *Subscription) Take() (snap Snapshot, events []Event, lost int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	snap, events, lost = s.snap, s.events, s.lost
	s.events, s.lost = nil, 0
	return snap, events, lost
}

// All yields what is known now, then each change, until ctx ends: the snapshot, and the
// events since the one before. It may repeat a snapshot without events.
func (s *Subscription) All(ctx context.Context) iter.Seq2[Snapshot, []Event] {
	return func(yield func(Snapshot, []Event) bool) {
		for {
			if snap, events, _ := s.Take(); !yield(snap, events) {
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
		s.lost += over
	}
	s.mu.Unlock()
	live.Wake(s.wake)
}

// hub delivers what the loop publishes.
type hub struct {
	mu   sync.Mutex
	snap Snapshot
	all  map[*Subscription]struct{}
}

// publish delivers what a step came to. It does nothing if nothing changed.
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

// Snapshot returns what is known now.
func (h *hub) Snapshot() Snapshot {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.snap
}

// Subscribe begins with the newest snapshot and delivers everything after it.
func (h *hub) Subscribe() *Subscription {
	s := &Subscription{wake: make(chan struct{}, 1), hub: h}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.all[s] = struct{}{}
	s.put(h.snap, nil)
	return s
}
