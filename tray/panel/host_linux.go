package panel

import (
	"github.com/godbus/dbus/v5"

	"altv-tray/assets"
	"altv-tray/monitor/problem"
)

// watcherName is the panels' service (StatusNotifierItem); without it no icon is seen.
const watcherName = "org.kde.StatusNotifierWatcher"

// HasTray reports whether an icon would be seen now.
func HasTray() bool {
	conn, err := dbus.SessionBus() // shared with the panel: not ours to close
	if err != nil {
		return false
	}
	var has bool
	err = conn.BusObject().Call("org.freedesktop.DBus.NameHasOwner", 0, watcherName).Store(&has)
	return err == nil && has
}

// Connect connects to the session bus; without an error a panel can be talked to. A crashed bus
// leaves its socket behind, so looking for that is not enough.
func Connect() error {
	if _, err := dbus.SessionBus(); err != nil { // shared with the panel: not ours to close
		return problem.New(problem.NoSessionBus).Because(err)
	}
	return nil
}

// TaskbarTheme returns Both: panels of Linux desktops do not say what theirs is.
func TaskbarTheme() assets.Theme { return assets.Both }

// watchSession: the end of the session comes as a signal.
func (p *systrayPanel) watchSession() {}
