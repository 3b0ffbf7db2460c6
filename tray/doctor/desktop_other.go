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
	watcherName  = "org.kde.StatusNotifierWatcher" // without it no icon is seen (StatusNotifierItem specification)
	notifierName = "org.freedesktop.Notifications" // desktop notifications specification
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
	names := func(method string) (names []string) {
		if err := conn.BusObject().CallWithContext(ctx, "org.freedesktop.DBus."+method, 0).Store(&names); err != nil {
			d.Bus = fmt.Errorf("the session bus gave no answer: %w", err)
		}
		return names
	}
	running := names("ListNames")
	d.Tray = slices.Contains(running, watcherName)
	d.Notifications = slices.Contains(append(running, names("ListActivatableNames")...), notifierName)
	return d
}
