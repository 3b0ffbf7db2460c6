// Package beat has the program's loops wake together. To wake costs more than what
// most of them then do, so those that look at something now and then do it at the
// same moments: at the whole seconds of the wall clock.
package beat

import "time"

// early is by how much a timer may fire before its time, by a clock that is being
// set. A multiple that close counts as reached.
const early = 50 * time.Millisecond

// Next returns how long it is from a time to the next multiple of every, which is
// at least early and at most every and early.
func Next(from time.Time, every time.Duration) time.Duration {
	wall := from.Round(0) // as Truncate goes by the wall clock, Sub must too
	return wall.Add(every + early).Truncate(every).Sub(wall)
}

// After sends at a whole second, up to a second before d has passed.
func After(d time.Duration) <-chan time.Time {
	return time.After(d - time.Second + Next(time.Now().Add(d-time.Second), time.Second))
}
