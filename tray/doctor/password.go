package doctor

import (
	"context"
	"errors"

	"altv-tray/settings"
)

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
