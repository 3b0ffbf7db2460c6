package panel

import (
	"cmp"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/godbus/dbus/v5"
)

// panelLoop runs systray, which does not notice that its bus has gone: it would keep sending
// into a closed connection. Run again, it takes its menu to the new bus.
type panelLoop struct {
	begin func(ready, exit func()) (start, end func())
	ended chan struct{}
	end   func()
	conn  atomic.Pointer[dbus.Conn] // what systray talks over; nil: it has not begun
}

// newPanelLoop takes systray's functions, as only systray.go knows systray.
func newPanelLoop(begin func(ready, exit func()) (start, end func()), _ func(ready, exit func()), _ func()) *panelLoop {
	l := &panelLoop{begin: begin, ended: make(chan struct{})}
	l.end = sync.OnceFunc(func() { close(l.ended) })
	return l
}

var errBusEnded = errors.New("the D-Bus session bus has ended")

// run returns at the end or, with ErrLost, when the bus has gone.
func (l *panelLoop) run(ready, live func()) error {
	start, end := l.begin(ready, nil)
	before, _ := dbus.SessionBus() // the error is that of the call below
	start()
	conn, err := dbus.SessionBus() // the same, or systray has none or a dead one
	if err != nil || conn != before {
		return fmt.Errorf("%w: %w", ErrLost, cmp.Or(err, errBusEnded))
	}
	l.conn.Store(conn)
	live()
	select {
	case <-l.ended:
		end()
		return nil
	case <-conn.Context().Done():
		return fmt.Errorf("%w: %w", ErrLost, errBusEnded)
	}
}

// live reports whether the bus is there.
func (l *panelLoop) live() bool {
	conn := l.conn.Load()
	return conn != nil && conn.Connected()
}
