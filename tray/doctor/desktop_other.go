//go:build !windows

package doctor

import (
	"context"
	"fmt"
	"os"
	"slices"

	"github.com/godbus/dbus/v5"

	"altv-tray/monitor/problem"
)

const (
	// watcherName is who knows the panels and the icons (StatusNotifierItem
	// specification). Without it no icon is seen.
	watcherName = "org.kde.StatusNotifierWatcher"
	// notifierName is who shows notifications (desktop notifications
	// specification).
	notifierName = "org.freedesktop.Notifications"
)

func lookAtDesktop(ctx context.Context) Desktop {
	name := os.Getenv("XDG_CURRENT_DESKTOP")
	asked := make(chan Desktop, 1)
	go func() { asked <- askBus(ctx) }() // connecting takes no limit
	select {
	case d := <-asked:
		d.Name = name
		return d
	case <-ctx.Done():
		return Desktop{Bus: fmt.Errorf("the session bus gave no answer: %w", ctx.Err()), Name: name}
	}
}

func askBus(ctx context.Context) (d Desktop) {
	conn, err := dbus.SessionBus() // shared with the panel: not ours to close
	if err != nil {
		return Desktop{Bus: problem.New(problem.NoSessionBus).Because(err)}
	}
	has := func(name string) bool {
		var owned bool
		if err := conn.BusObject().CallWithContext(ctx, "org.freedesktop.DBus.NameHasOwner", 0, name).Store(&owned); err != nil {
			d.Bus = fmt.Errorf("the session bus gave no answer: %w", err)
		}
		return owned
	}
	d.Tray = has(watcherName)
	d.Notifications = has(notifierName)
	if !d.Notifications && d.Bus == nil {
		var startable []string
		if err := conn.BusObject().CallWithContext(ctx, "org.freedesktop.DBus.ListActivatableNames", 0).Store(&startable); err == nil {
			d.Notifications = slices.Contains(startable, notifierName)
		}
	}
	return d
}
