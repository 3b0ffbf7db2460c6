package action

import (
	"context"
	"errors"
	"runtime"
	"strings"

	"altv-tray/monitor/problem"
	"altv-tray/settings"
)

// ChangeSettings calls the Store's Change. If a profile is renamed or removed, it moves or clears
// the profile's password too.
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

// renameProfile stores the password under the new name first, so that it is never lost.
func (d *Doer) renameProfile(ctx context.Context, version int, c settings.Change) (int, error) {
	d.storing.Lock()
	defer d.storing.Unlock()
	set := d.Store.Current()
	p, known := set.Find(c.Rename)
	if _, taken := set.Find(c.To); taken || !known || p.Password == settings.PasswordNone {
		return d.Store.Change(version, c) // a name that is taken is refused, and keeps its password
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
	case same: // Windows ignores case in the names of passwords
	case err != nil:
		d.forget(c.To)
	default:
		d.forget(c.Rename)
	}
	return next, err
}

// forget clears the password of a profile that is gone.
func (d *Doer) forget(profile string) {
	err := d.Keyring.Clear(d.ctx, profile)
	if code := problem.CodeOf(err); err != nil && !errors.Is(err, context.Canceled) && code != problem.PasswordNotStored && code != problem.NoKeyring {
		d.Warn("password_left", err)
	}
}

// useServerFolder writes the server's folder that was found into the profile in use.
func (d *Doer) useServerFolder() Message {
	p := d.Store.Current().Active()
	folder := d.Surroundings.FindServerFolder(d.ctx, p, true)
	var err error = problem.New(problem.NoServerFound, problem.Text("address", p.Server))
	if folder != "" {
		_, err = d.Store.Change(settings.AnyVersion, settings.Change{Set: p.Name, ProfileKey: "folder", Value: folder})
	}
	if err != nil {
		return d.failure("notice.settings_not_changed", err)
	}
	d.Log.Info("server_folder_taken", "folder", folder, "profile", p.Name)
	return d.success("notice.folder_taken", "notice.folder_taken_body", "profile", p.Name, "folder", folder)
}
