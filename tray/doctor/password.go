package doctor

import (
	"context"
	"errors"

	"altv-tray/settings"
)

func keyring(f *facts) *finding {
	const id = "keyring"
	switch err := f.password.err; {
	case !f.password.asked:
		return ok(id, "not_needed")
	case err == nil, errors.Is(err, settings.ErrNotStored), errors.Is(err, settings.ErrNotText):
		return ok(id, "readable")
	case errors.Is(err, settings.ErrNoKeyring):
		return fail(id, "absent")
	case errors.Is(err, settings.ErrLocked), errors.Is(err, context.DeadlineExceeded):
		return fail(id, "locked")
	default:
		return fail(id, "broken", "problem", err)
	}
}

func password(f *facts) *finding {
	const id = "password"
	p, s, err := f.settings.Active(), &f.server, f.password.err
	args := []any{"profile", p.Name, "file", s.config.File}
	switch {
	case p.Password == settings.PasswordNone && s.config.HasPassword:
		return fail(id, "not_none", args...)
	case p.Password == settings.PasswordNone:
		return ok(id, "not_needed", args...)
	case !f.password.asked:
		return ok(id, "server_has_none", args...)
	case errors.Is(err, settings.ErrNotStored) && s.config.HasPassword:
		return fail(id, "missing", args...)
	case errors.Is(err, settings.ErrNotStored):
		return ok(id, "none_sent", args...)
	case errors.Is(err, settings.ErrNotText):
		return fail(id, "not_text", args...)
	case err != nil:
		return warn(id, "not_known", args...)
	case f.password.differs:
		return fail(id, "differs", args...)
	case s.configErr == nil && s.config.HasPassword:
		return ok(id, "same", args...)
	}
	return ok(id, "stored", args...)
}
