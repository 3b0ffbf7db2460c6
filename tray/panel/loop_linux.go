package panel

import (
	"cmp"
	"errors"
	"fmt"
	"sync/atomic"

	"github.com/godbus/dbus/v5"
)

// bus is what systray talks over; without a connection, it has not begun.
type bus struct{ conn atomic.Pointer[dbus.Conn] }

// live reports whether the bus is there.
func (b *bus) live() bool {
	conn := b.conn.Load()
	return conn != nil && conn.Connected()
}

var errBusEnded = errors.New("the D-Bus session bus has ended")

// loop runs systray, which does not notice that its bus has gone: it would keep sending into a
// closed connection. So loop returns ErrLost then. The next one takes the menu to the new bus.
func (p *systrayPanel) loop(s systrayFuncs, ready func()) error {
	start, end := s.start(ready, nil)
	before, _ := dbus.SessionBus() // the error is that of the call below
	start()
	conn, err := dbus.SessionBus() // the same, or systray has none or a dead one
	if err != nil || conn != before {
		return fmt.Errorf("%w: %w", ErrLost, cmp.Or(err, errBusEnded))
	}
	p.bus.conn.Store(conn)
	p.Show(&p.latest) // what could not be shown while there was no bus
	select {
	case <-p.ctx.Done():
		end()
		return nil
	case <-conn.Context().Done():
		return fmt.Errorf("%w: %w", ErrLost, errBusEnded)
	}
}
