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

// Scheme begins the address that Windows passes to this program when a button is pressed. A code
// follows, and nothing else.
const Scheme = "altv-tray:"

// maxIssued limits the notices whose codes are kept. The newest are kept.
const maxIssued = 32

// Codes stand for the buttons of notices. Any web page can have Windows call this program with an
// address, so an address contains no action but a code of 130 random bits, made for one button. A code
// works once, and as long as its notice is useful, on Windows for an hour at most. The codes of a
// notice end together. The zero value has no codes. Any goroutine may call its methods.
type Codes struct {
	mu  sync.Mutex
	all []issued
}

type issued struct {
	notice view.Notice
	codes  []string // of its buttons
	until  time.Time
}

// Issue makes a code for each button of a notice, in their order. The codes are valid for the notice's
// timeout, and for limit at most. The codes of a notice that n replaces or removes end.
func (c *Codes) Issue(n view.Notice, limit time.Duration) (codes []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if n.Timeout > 0 {
		limit = min(n.Timeout, limit)
	}
	c.all = slices.DeleteFunc(c.all, func(old issued) bool { return n.Tag != "" && old.notice.Tag == n.Tag })
	for _, b := range n.Buttons {
		if b.Label != "" {
			codes = append(codes, rand.Text())
		}
	}
	if codes != nil {
		c.all = append(c.all, issued{n, codes, time.Now().Add(limit)})
		c.all = c.all[max(0, len(c.all)-maxIssued):]
	}
	return codes
}

// Use returns the action of a code, and ends the codes of its notice. It returns nil if the code is not
// valid.
func (c *Codes) Use(code string) (a action.Action) {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := time.Now()
	c.all = slices.DeleteFunc(c.all, func(old issued) bool {
		if !now.Before(old.until) {
			return true
		}
		i := slices.IndexFunc(old.codes, func(other string) bool { return subtle.ConstantTimeCompare([]byte(other), []byte(code)) == 1 })
		if i >= 0 {
			a = old.notice.Buttons[i].Action
		}
		return i >= 0
	})
	return a
}
