package panel

import (
	"github.com/godbus/dbus/v5"

	"altv-tray/assets"
	"altv-tray/monitor/problem"
)

// watcherName is the service of the StatusNotifierItem specification that shows icons.
const watcherName = "org.kde.StatusNotifierWatcher"

// HasTray reports whether an icon would be visible now.
func HasTray() bool {
	conn, err := dbus.SessionBus() // shared with the panel, so it is not closed
	if err != nil {
		return false
	}
	var has bool
	err = conn.BusObject().Call("org.freedesktop.DBus.NameHasOwner", 0, watcherName).Store(&has)
	return err == nil && has
}

// Connect connects to the session bus, which the panel needs. To look for the bus's socket would not
// be enough, as a crashed bus leaves it behind.
func Connect() error {
	if _, err := dbus.SessionBus(); err != nil { // shared with the panel, so it is not closed
		return problem.New(problem.NoSessionBus).Because(err)
	}
	return nil
}

// TaskbarTheme returns Both: the panels of Linux desktops do not report their theme.
func TaskbarTheme() assets.Theme { return assets.Both }

// watchSession does nothing: a signal ends the app at the end of the session.
func (p *systrayPanel) watchSession() {}
