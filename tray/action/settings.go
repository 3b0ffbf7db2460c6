package action

import (
	"context"
	"errors"
	"runtime"
	"strings"

	"altv-tray/monitor/problem"
	"altv-tray/settings"
)

// ChangeSettings is the Store's Change, and moves or clears a profile's password.
func (d *Doer) ChangeSettings(ctx context.Context, version int, c settings.Change) (int, error) {
	switch {
	case c.Rename != "" && c.Rename != c.To:
		return d.renameProfile(ctx, version, c)
	case c.Remove != "":
		d.storing.Lock()
		defer d.storing.Unlock()
		next, err := d.Store.Change(version, c)
		if err == nil {
			d.forget(c.Remove)
		}
		return next, err
	}
	return d.Store.Change(version, c)
}

// renameProfile stores the password under the new name first: it is never lost.
func (d *Doer) renameProfile(ctx context.Context, version int, c settings.Change) (int, error) {
	d.storing.Lock()
	defer d.storing.Unlock()
	set := d.Store.Current()
	p, known := set.Find(c.Rename)
	if _, taken := set.Find(c.To); taken || !known || p.Password == settings.PasswordNone {
		return d.Store.Change(version, c) // refuses what is taken, and the password there is another's
	}
	password, err := d.Keyring.Get(ctx, c.Rename)
	if code := problem.CodeOf(err); code == problem.PasswordNotStored || code == problem.NoKeyring {
		return d.Store.Change(version, c)
	}
	if err == nil {
		err = d.Keyring.Set(ctx, c.To, password)
	}
	if err != nil {
		return version, err
	}
	next, err := d.Store.Change(version, c)
	switch same := runtime.GOOS == "windows" && strings.EqualFold(c.Rename, c.To); {
	case same: // Windows finds passwords without regard to case
	case err != nil:
		d.forget(c.To)
	default:
		d.forget(c.Rename)
	}
	return next, err
}

// forget clears a password that no profile has any more.
func (d *Doer) forget(profile string) {
	err := d.Keyring.Clear(d.ctx, profile)
	if code := problem.CodeOf(err); err != nil && !errors.Is(err, context.Canceled) && code != problem.PasswordNotStored && code != problem.NoKeyring {
		d.Warn("password_left", err)
	}
}
