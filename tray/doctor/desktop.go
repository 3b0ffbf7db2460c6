package doctor

import (
	"strings"

	"altv-tray/settings"
	"altv-tray/tray/hotkey"
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
	switch h := f.App.Hotkey; {
	case h.Stage == hotkey.Registering:
		return nil // for a moment
	case h.Stage == hotkey.Unavailable:
		return warn("not_held", "key", key, "problem", error(h.Problem()))
	case h.Stage == hotkey.Asking:
		return warn("asking", "key", key)
	case h.Backend == hotkey.XWayland:
		return warn("xwayland", "key", key)
	case h.Backend == hotkey.Portal && h.Name != "":
		return ok("portal", "key", h.Name)
	}
	return ok("held", "key", key)
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
