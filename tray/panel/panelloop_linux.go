package panel

import (
	"cmp"
	"errors"
	"fmt"
	"sync"

	"github.com/godbus/dbus/v5"
)

// panelLoop runs systray, which does not see its bus go away: it would keep
// sending into a closed connection, and never come back. Begun anew, it takes
// the menu that it has to the new bus.
type panelLoop struct {
	begin func(ready, exit func()) (start, end func())

	once sync.Once
	quit chan struct{}

	mu   sync.Mutex
	conn *dbus.Conn // what systray talks over
}

// newPanelLoop takes systray's two ways to run and its end; only systray.go
// knows it.
func newPanelLoop(begin func(ready, exit func()) (start, end func()), _ func(ready, exit func()), _ func()) panelLoop {
	return panelLoop{begin: begin, quit: make(chan struct{})}
}

var errBusEnded = errors.New("the D-Bus session bus has ended")

// run returns at the end or, with ErrLost, when the bus has gone.
func (l *panelLoop) run(ready, live func()) error {
	start, end := l.begin(ready, nil)
	before, _ := dbus.SessionBus() // told below
	start()
	conn, err := dbus.SessionBus() // the same, or systray has got none or a dead one
	if err != nil || conn != before {
		return fmt.Errorf("%w: %w", ErrLost, cmp.Or(err, errBusEnded))
	}
	l.mu.Lock()
	l.conn = conn
	l.mu.Unlock()
	live()
	select {
	case <-l.quit:
		end()
		return nil
	case <-conn.Context().Done():
		return fmt.Errorf("%w: %w", ErrLost, errBusEnded)
	}
}

// live tells whether somebody is there who could be told.
func (l *panelLoop) live() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.conn != nil && l.conn.Connected()
}

func (l *panelLoop) end() { l.once.Do(func() { close(l.quit) }) }
