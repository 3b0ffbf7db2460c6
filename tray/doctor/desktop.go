package doctor

import (
	"strings"

	"altv-tray/settings"
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
