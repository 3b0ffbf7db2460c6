package tray

import (
	"errors"
	"fmt"
	"time"

	"github.com/godbus/dbus/v5"

	"altv-tray/settings/sessionbus"
)

// watcherName is who knows the panels and the icons (StatusNotifierItem
// specification). Without it no icon is seen.
const watcherName = "org.kde.StatusNotifierWatcher"

// HasDesktop tells whether an icon would be seen now.
func HasDesktop() bool { return sessionbus.Available() == nil && hasWatcher() }

func hasWatcher() bool {
	conn, err := dbus.SessionBus() // shared with the panel: not ours to close
	if err != nil {
		return false
	}
	var has bool
	err = conn.BusObject().Call("org.freedesktop.DBus.NameHasOwner", 0, watcherName).Store(&has)
	return err == nil && has
}

// busRetry is how often a session bus is looked for where there is none.
const busRetry = 5 * time.Second

// awaitDesktop waits for a session bus, without which no panel can be talked
// to; false where the end comes first.
func (a *App) awaitDesktop() bool {
	err := sessionbus.Available()
	if err == nil {
		return true
	}
	a.warn("no_tray", noTray(err))
	tick := time.NewTicker(busRetry)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			if sessionbus.Available() == nil {
				return true
			}
		case <-a.ctx.Done():
			return false
		}
	}
}

// checkHost says once that no panel is there. systray registers the icon by
// itself when one appears.
func (a *App) checkHost() {
	if !hasWatcher() {
		a.warn("no_tray", noTray(nil))
	}
}

// noTray says that there is no icon for now, and what helps.
func noTray(cause error) error {
	const text = "no system tray was found, so there is no icon until one appears; it works all the same, and the commands do (see `altv-tray --help`). GNOME needs its AppIndicator extension"
	if cause == nil {
		return errors.New(text)
	}
	return fmt.Errorf(text+" (%w)", cause)
}
