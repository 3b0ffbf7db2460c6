package doctor

import (
	"strings"

	"altv-tray/settings"
	"altv-tray/tray/hotkey"
)

func trayHost(f *facts) *finding {
	const id = "tray_host"
	switch d := f.desktop; {
	case f.windows:
		return ok(id, "windows")
	case d.Bus != nil:
		return warn(id, "no_bus", "problem", d.Bus)
	case d.Tray:
		return ok(id, "there")
	case strings.Contains(strings.ToUpper(d.Name), "GNOME"):
		return warn(id, "gnome")
	}
	return warn(id, "absent")
}

func hotkeyHeld(f *facts) *finding {
	const id = "hotkey"
	set := f.settings.Hotkey.Reconnect
	key := set.String()
	switch {
	case key == "":
		return ok(id, "off")
	case f.app == nil || f.app.Hotkey.Key != set:
		return ok(id, "app_absent", "key", key)
	}
	switch h := f.app.Hotkey; {
	case h.Stage == hotkey.Trying:
		return nil // for a moment
	case h.Stage == hotkey.Lost:
		return warn(id, "not_held", "key", key, "problem", error(h.Problem()))
	case h.Stage == hotkey.Asking:
		return warn(id, "asking", "key", key)
	case h.Way == hotkey.XWayland:
		return warn(id, "xwayland", "key", key)
	case h.Way == hotkey.Portal && h.Name != "":
		return ok(id, "portal", "key", h.Name)
	}
	return ok(id, "held", "key", key)
}

func notifications(f *facts) *finding {
	const id = "notifications"
	switch d := f.desktop; {
	case f.settings.Notifications == settings.Notifications{}:
		return ok(id, "switched_off")
	case f.windows:
		return ok(id, "windows")
	case d.Bus != nil:
		return warn(id, "no_bus", "problem", d.Bus)
	case d.Notifications:
		return ok(id, "there")
	}
	return warn(id, "absent")
}
