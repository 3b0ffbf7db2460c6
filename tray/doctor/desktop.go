package doctor

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/godbus/dbus/v5"

	"altv-tray/monitor/problem"
	"altv-tray/settings"
)

// desktopFacts describes the user's desktop on Linux.
type desktopFacts struct {
	Bus           error  // why the session bus does not answer, so that the rest is not known, or nil
	Tray          bool   // a program shows tray icons
	Notifications bool   // a program shows notifications, or starts when there is one
	Name          string // from XDG_CURRENT_DESKTOP: "ubuntu:GNOME"
}

const (
	watcherName  = "org.kde.StatusNotifierWatcher" // without it no icon is shown (StatusNotifierItem specification)
	notifierName = "org.freedesktop.Notifications" // desktop notifications specification
)

func lookAtDesktop(ctx context.Context) desktopFacts {
	d := desktopFacts{Name: os.Getenv("XDG_CURRENT_DESKTOP")}
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

func trayHost(f *facts) *finding {
	switch d := f.desktop; {
	case f.windows:
		return ok("windows")
	case d.Bus != nil:
		return warn("no_bus", "problem", d.Bus)
	case d.Tray:
		return ok("there")
	case strings.Contains(strings.ToUpper(d.Name), "GNOME"):
		return warn("gnome")
	}
	return warn("absent")
}

func hotkeyHeld(f *facts) *finding {
	set := f.Settings.Hotkey.Reconnect
	key := set.String()
	switch {
	case key == "":
		return ok("off")
	case f.App == nil || f.App.Hotkey.Key != set:
		return ok("app_absent", "key", key)
	}
	name, key := f.App.Hotkey.Text()
	switch name {
	case "":
		return nil // it is being registered
	case "held", "portal":
		return ok(name, "key", key)
	case "not_held":
		return warn(name, "key", key, "problem", error(f.App.Hotkey.Problem()))
	}
	return warn(name, "key", key)
}

func notifications(f *facts) *finding {
	switch d := f.desktop; {
	case f.Settings.Notifications == settings.Notifications{}:
		return ok("switched_off")
	case f.windows:
		return ok("windows")
	case d.Bus != nil:
		return warn("no_bus", "problem", d.Bus)
	case d.Notifications:
		return ok("there")
	}
	return warn("absent")
}
