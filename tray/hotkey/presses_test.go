package hotkey

import (
	"testing"
	"time"
)

// In these cases a positive number is a press at that time in milliseconds, and a
// negative one a release.
func TestPresses(t *testing.T) {
	for name, test := range map[string]struct {
		events []int
		byHand int
	}{
		"once":                              {[]int{1000, -1100}, 1},
		"twice":                             {[]int{1000, -1050, 1200, -1250}, 2},
		"held, as X11 reports it":           {[]int{1000, -1660, 1660, -1700, 1700, -1740, 1740, -1800}, 1},
		"held, and then pressed again":      {[]int{1000, -1660, 1660, -1700, 1900, -1950}, 2},
		"held, presses alone":               {[]int{1000, 1660, 1700, 1740, 2739, -2740}, 1},
		"a release got lost":                {[]int{1000, 2000, -2100}, 2},
		"a release got lost, pressed early": {[]int{1000, 1999}, 1},
		"a press got lost":                  {[]int{-900, 1000, -1100, -1200, 1300}, 2},
		"the clock wraps around":            {[]int{4294967000, 5, 10}, 2},
		"in the machine's first moment":     {[]int{1, -2, 3}, 2},
	} {
		var p presses
		byHand := 0
		for _, ms := range test.events {
			if ms < 0 {
				p.up(time.Duration(-ms) * time.Millisecond)
			} else if p.press(time.Duration(ms) * time.Millisecond) {
				byHand++
			}
		}
		if byHand != test.byHand {
			t.Errorf("%s: %d presses by hand, want %d", name, byHand, test.byHand)
		}
	}
}
