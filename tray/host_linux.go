package tray

import (
	"context"
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
	err := a.reach(a.ctx)
	if err == nil {
		return true
	}
	return a.awaitReturn(err)
}

// awaitReturn says why there is no icon and waits for a session bus; false where
// the end comes first.
func (a *App) awaitReturn(why error) bool {
	if a.ctx.Err() != nil {
		return false
	}
	a.warn("no_tray", noTray(why))
	tick := time.NewTicker(busRetry)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			if a.reach(a.ctx) == nil {
				return true
			}
		case <-a.ctx.Done():
			return false
		}
	}
}

// reachDesktop connects to the session bus, unless that has been done. A bus that
// crashed leaves its socket behind, so looking for that is not enough; one that
// hangs is waited for no longer than the app lives.
func reachDesktop(ctx context.Context) error {
	if err := sessionbus.Available(); err != nil {
		return err
	}
	done := make(chan error, 1)
	go func() {
		_, err := dbus.SessionBus() // shared with the panel: not ours to close
		done <- err
	}()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
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
