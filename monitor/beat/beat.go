// Package beat lets the program's loops wake up together, at whole seconds of the wall clock:
// a wake-up costs more than what most of them then do.
package beat

import "time"

// early is how much before its time a timer may fire if the clock is being adjusted. A multiple
// that close counts as reached.
const early = 50 * time.Millisecond

// Next returns the time until the next multiple of every, which is between early and
// every + early.
func Next(from time.Time, every time.Duration) time.Duration {
	wall := from.Round(0) // Truncate uses the wall clock, so Sub must use it too
	return wall.Add(every + early).Truncate(every).Sub(wall)
}

// After returns a channel that receives at a whole second, up to a second before d has passed.
func After(d time.Duration) <-chan time.Time {
	return time.After(d - time.Second + Next(time.Now().Add(d-time.Second), time.Second))
}
