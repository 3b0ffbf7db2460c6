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
	d := Desktop{Name: os.Getenv("XDG_CURRENT_DESKTOP")}
	conn, err := dbus.ConnectSessionBus(dbus.WithContext(ctx))
	if err != nil {
		if d.Bus = problem.New(problem.NoSessionBus).Because(err); ctx.Err() != nil {
			d.Bus = fmt.Errorf("the session bus gave no answer: %w", ctx.Err())
		}
		return d
	}
	defer func() { _ = conn.Close() }()
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
