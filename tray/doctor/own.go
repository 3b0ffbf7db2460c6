package doctor

import (
	"errors"

	"altv-tray/monitor/control"
)

func settingsFile(f *facts) *finding {
	switch {
	case f.own.problem != nil && f.app != nil:
		return fail("broken", "problem", f.own.problem)
	case f.own.problem != nil:
		return fail("broken_here", "problem", f.own.problem)
	case f.own.noFile:
		return ok("defaults", "file", f.own.file)
	}
	return ok("in_force", "file", f.own.file)
}

func folders(f *facts) *finding {
	if f.own.unusable != nil {
		return fail("unusable", "problem", f.own.unusable)
	}
	return ok("usable")
}

func trayApp(f *facts) *finding {
	switch {
	case f.own.tray == nil:
		return ok("runs")
	case errors.Is(f.own.tray, control.ErrNoTray):
		return warn("absent")
	}
	return fail("unreachable", "problem", f.own.tray, "file", f.own.control)
}
