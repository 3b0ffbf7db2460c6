package doctor

import (
	"errors"

	"altv-tray/monitor/control"
)

func settingsFile(f *facts) *finding {
	const id = "settings"
	switch {
	case f.own.problem != nil && f.app != nil:
		return fail(id, "broken", "problem", f.own.problem)
	case f.own.problem != nil:
		return fail(id, "broken_here", "problem", f.own.problem)
	case f.own.noFile:
		return ok(id, "defaults", "file", f.own.file)
	}
	return ok(id, "in_force", "file", f.own.file)
}

func folders(f *facts) *finding {
	const id = "folders"
	if f.own.unusable != nil {
		return fail(id, "unusable", "problem", f.own.unusable)
	}
	return ok(id, "usable")
}

func trayApp(f *facts) *finding {
	const id = "tray_app"
	switch {
	case f.own.tray == nil:
		return ok(id, "runs")
	case errors.Is(f.own.tray, control.ErrNoTray):
		return warn(id, "absent")
	}
	return fail(id, "unreachable", "problem", f.own.tray, "file", f.own.control)
}
