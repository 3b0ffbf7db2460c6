package doctor

import (
	"strings"

	"altv-tray/settings"
)

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
