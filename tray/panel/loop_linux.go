package panel

import (
	"cmp"
	"errors"
	"fmt"
	"sync/atomic"

	"github.com/godbus/dbus/v5"
)

// bus is the session bus that systray uses; without a connection at first.
type bus struct{ conn atomic.Pointer[dbus.Conn] }

// live reports whether the bus is connected.
func (b *bus) live() bool {
	conn := b.conn.Load()
	return conn != nil && conn.Connected()
}

var errBusEnded = errors.New("the D-Bus session bus has ended")

// loop runs systray until its bus ends, and then returns ErrLost: systray would keep sending into the
// closed connection. The next call moves the menu to the new bus.
func (p *systrayPanel) loop(s systrayFuncs, ready func()) error {
	start, end := s.start(ready, nil)
	before, _ := dbus.SessionBus() // the second call returns the same error
	start()
	conn, err := dbus.SessionBus() // another one means that systray has no connection or a closed one
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
