package doctor

import (
	"context"
	"errors"
	"path/filepath"

	"altv-tray/monitor/control"
	"altv-tray/settings"
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

func keyring(f *facts) *finding {
	switch err := f.password.err; {
	case !f.password.asked:
		return ok("not_needed")
	case err == nil, errors.Is(err, settings.ErrNotStored), errors.Is(err, settings.ErrNotText):
		return ok("readable")
	case errors.Is(err, settings.ErrNoKeyring):
		return fail("absent")
	case errors.Is(err, settings.ErrLocked), errors.Is(err, context.DeadlineExceeded):
		return fail("locked")
	default:
		return fail("broken", "problem", err)
	}
}

func password(f *facts) *finding {
	p, s, err := f.Settings.Active(), &f.server, f.password.err
	args := []any{"profile", p.Name, "file", s.config.File}
	switch {
	case p.Password == settings.PasswordNone && s.config.HasPassword:
		return fail("not_none", args...)
	case p.Password == settings.PasswordNone:
		return ok("not_needed", args...)
	case !f.password.asked:
		return ok("server_has_none", args...)
	case errors.Is(err, settings.ErrNotStored) && s.config.HasPassword:
		return fail("missing", args...)
	case errors.Is(err, settings.ErrNotStored):
		return ok("none_sent", args...)
	case errors.Is(err, settings.ErrNotText):
		return fail("not_text", args...)
	case err != nil:
		return warn("not_known", args...)
	case f.password.differs:
		return fail("differs", args...)
	case s.configErr == nil && s.config.HasPassword:
		return ok("same", args...)
	}
	return ok("stored", args...)
}
