package doctor

import (
	"errors"
	"path/filepath"

	"altv-tray/monitor/control"
)

func settingsFile(f *facts) *finding {
	switch {
	case f.Problem != nil && f.App != nil:
		return fail("broken", "problem", f.Problem)
	case f.Problem != nil:
		return fail("broken_here", "problem", f.Problem)
	case f.own.noFile:
		return ok("defaults", "file", f.Paths.Settings)
	}
	return ok("in_force", "file", f.Paths.Settings)
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
	return fail("unreachable", "problem", f.own.tray, "file", filepath.Join(f.Paths.StateDir, control.FileName))
}
