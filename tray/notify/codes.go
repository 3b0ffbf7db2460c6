package notify

import (
	"crypto/rand"
	"crypto/subtle"
	"slices"
	"sync"
	"time"

	"altv-tray/tray/action"
	"altv-tray/tray/view"
)

// Scheme is how the addresses begin by which Windows calls this program when a button is
// pressed. A code follows, and nothing else.
const Scheme = "altv-tray:"

// maxCodes bounds them; the newest are kept.
const maxCodes = 32

// Codes stand for the buttons of notices. Windows calls this program with the address of
// a button, which any web page can do as well. So an address has no action but a code of
// 130 random bits, made for one button. It works once, and for as long as the notice is of
// use, on Windows for an hour at most; then the codes of the same notice end, too. The zero
// value has none. Any goroutine may call its methods.
type Codes struct {
	mu   sync.Mutex
	made int // notices that got codes
	all  []code
}

type code struct {
	text   string
	action action.Action
	notice int
	tag    string
	until  time.Time
}

// Issue makes a code for each button of a notice, in their order, for life at most. Those of a
// notice that it replaces or takes away end.
func (c *Codes) Issue(n view.Notice, life time.Duration) (texts []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.made++
	if n.Timeout > 0 {
		life = min(n.Timeout, life)
	}
	c.all = slices.DeleteFunc(c.all, func(one code) bool { return n.Tag != "" && one.tag == n.Tag })
	for _, b := range n.Buttons {
		if b.Label != "" {
			made := code{rand.Text(), b.Action, c.made, n.Tag, time.Now().Add(life)}
			texts, c.all = append(texts, made.text), append(c.all, made)
		}
	}
	c.all = c.all[max(0, len(c.all)-maxCodes):]
	return texts
}

// Use returns what a code stands for, and ends it; false where it is not in force.
func (c *Codes) Use(text string) (a action.Action, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := time.Now()
	c.all = slices.DeleteFunc(c.all, func(one code) bool { return !now.Before(one.until) })
	used := 0
	for _, one := range c.all {
		if subtle.ConstantTimeCompare([]byte(one.text), []byte(text)) == 1 {
			a, used = one.action, one.notice
		}
	}
	c.all = slices.DeleteFunc(c.all, func(one code) bool { return one.notice == used })
	return a, used != 0
}
