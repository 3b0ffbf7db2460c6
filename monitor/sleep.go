package monitor

import "time"

// sleepWatch notices that the computer slept. On Linux the monotonic clock then stands still and
// the wall clock goes on. On Windows both go on, but a timer fires far too late. A wall clock
// that is set forward looks like a sleep, which does no harm.
type sleepWatch struct {
	wall     func() time.Time
	lastWall time.Time
	lastMono Time
}

// The loop wakes up at least every PollAbsent, because a request in flight takes no longer than
// that. On a busy computer it may take seconds more.
const (
	sleepAhead = 5 * time.Second  // of the wall clock
	sleepLate  = 30 * time.Second // of the timer
)

// slept reports whether the computer slept since the last call. The loop calls it whenever it
// wakes up.
func (s *sleepWatch) slept(now Time) bool {
	wall := s.wall().Round(0) // without its monotonic reading
	first := s.lastWall.IsZero()
	dWall, dMono := wall.Sub(s.lastWall), now-s.lastMono
	s.lastWall, s.lastMono = wall, now
	return !first && (dWall-dMono > sleepAhead || dMono > sleepLate)
}
