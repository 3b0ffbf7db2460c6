package hotkey

import "time"

// presses distinguishes real presses of the key from the repetitions while it is held down. Its times
// may count from any moment. The zero value means that the key is up.
type presses struct {
	down             bool
	pressed, release time.Duration // the times of the last press and release
}

// repeatsWithin is longer than the delay before a key's first repetition and between
// two of them: 660 ms and 40 ms by default on X11.
const repeatsWithin = time.Second

// press records a press and reports whether it is a real one. X11 reports a repetition as a release and
// a press with the same time; other systems report only a press. If a release was lost, a press counts
// again after repeatsWithin.
func (p *presses) press(at time.Duration) bool {
	since := at - p.pressed // negative after a 32-bit clock has wrapped around
	repeats := p.pressed != 0 && (at == p.release || p.down && since >= 0 && since < repeatsWithin)
	p.down, p.pressed = true, at
	return !repeats
}

// up records a release.
func (p *presses) up(at time.Duration) { p.down, p.release = false, at }
