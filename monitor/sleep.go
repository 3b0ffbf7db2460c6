package monitor

import "time"

// sleepWatch notices that the computer slept. On Linux the monotonic clock stands still and
// the wall clock does not; on Windows both run on, but a timer fires far too late. A clock
// that is set forward looks the same, which does no harm.
type sleepWatch struct {
	wall     func() time.Time
	lastWall time.Time
	lastMono Time
}

// A timer is never set further ahead than PollAbsent while a request is not
// in flight; a loaded machine may add seconds.
const (
	sleepAhead = 5 * time.Second
	sleepLate  = 30 * time.Second
)

// look is called each time the loop wakes up, which the timer has it do at least.
func (s *sleepWatch) look(now Time) bool {
	wall := s.wall().Round(0) // without its monotonic reading
	first := s.lastWall.IsZero()
	dWall, dMono := wall.Sub(s.lastWall), now-s.lastMono
	s.lastWall, s.lastMono = wall, now
	return !first && (dWall-dMono > sleepAhead || dMono > sleepLate)
}
