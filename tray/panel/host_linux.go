package panel

import (
	"context"

	"github.com/godbus/dbus/v5"

	"altv-tray/monitor/problem"
)

// watcherName is who knows the panels and the icons (StatusNotifierItem
// specification). Without it no icon is seen.
const watcherName = "org.kde.StatusNotifierWatcher"

// HasDesktop tells whether an icon would be seen now.
func HasDesktop() bool { return hasWatcher() }

func hasWatcher() bool {
	conn, err := dbus.SessionBus() // shared with the panel: not ours to close
	if err != nil {
		return false
	}
	var has bool
	err = conn.BusObject().Call("org.freedesktop.DBus.NameHasOwner", 0, watcherName).Store(&has)
	return err == nil && has
}

// reach connects to the session bus, unless that has been done. A bus that
// crashed leaves its socket behind, so looking for that is not enough; one that
// hangs is waited for no longer than the app lives.
func reach(ctx context.Context) error {
	done := make(chan error, 1)
	go func() {
		_, err := dbus.SessionBus() // shared with the panel: not ours to close
		if err != nil {
			err = problem.New(problem.NoSessionBus).Because(err)
		}
		done <- err
	}()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// seen tells whether a panel is there. systray registers the icon by itself when
// one appears.
func seen() bool { return hasWatcher() }
