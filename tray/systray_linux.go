package tray

import (
	"cmp"
	"errors"
	"fmt"
	"sync"

	"fyne.io/systray"
	"github.com/godbus/dbus/v5"
)

// systrayLoop runs systray, which does not see its bus go away: it would keep
// sending into a closed connection, and never come back. Begun anew, it takes
// the menu that it has to the new bus.
type systrayLoop struct {
	once sync.Once
	quit chan struct{}

	mu   sync.Mutex
	conn *dbus.Conn // what systray talks over
}

func newSystrayLoop() systrayLoop { return systrayLoop{quit: make(chan struct{})} }

var errBusEnded = errors.New("the D-Bus session bus has ended")

// run returns at the end or, with errPanelLost, when the bus has gone.
func (l *systrayLoop) run(ready, live func()) error {
	start, end := systray.RunWithExternalLoop(ready, nil)
	before, _ := dbus.SessionBus() // told below
	start()
	conn, err := dbus.SessionBus() // the same, or systray has got none or a dead one
	if err != nil || conn != before {
		return fmt.Errorf("%w: %w", errPanelLost, cmp.Or(err, errBusEnded))
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
		return fmt.Errorf("%w: %w", errPanelLost, errBusEnded)
	}
}

// live tells whether somebody is there who could be told.
func (l *systrayLoop) live() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.conn != nil && l.conn.Connected()
}

func (l *systrayLoop) end() { l.once.Do(func() { close(l.quit) }) }
