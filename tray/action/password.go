package action

import (
	"errors"

	"altv-tray/monitor/gameserver"
	"altv-tray/monitor/problem"
	"altv-tray/settings"
	"altv-tray/tray/errtext"
)

var errNoServerPassword = problem.New(problem.NoServerPassword)

func (d *Doer) setPassword(answered func()) {
	profile, t := d.Store.Current().Profile, d.Text()
	text, err := d.Dialogs.Password(d.ctx, t.T("dialog.password_title"), t.T("dialog.password_ask", "profile", profile))
	answered()
	switch {
	case errors.Is(err, ErrDismissed) || d.ctx.Err() != nil:
		return
	case err != nil:
		d.trouble("notice.password_not_set", err)
		return
	}
	if err := d.store(profile, text); err != nil {
		d.trouble("notice.password_not_stored", err)
		if !errors.Is(err, settings.ErrLocked) {
			_ = d.Dialogs.Error(d.ctx, t.T("notice.password_not_stored")+"\n"+errtext.Tell(t, err)) // the notification says it too
		}
		return
	}
	d.Log.Info("password_stored", "profile", profile)
	d.tell("notice.password_stored", "notice.password_stored_body", "profile", profile)
}

// takePassword puts the password of server.toml into the keyring.
func (d *Doer) takePassword() {
	p := d.Store.Current().Active()
	own, err := gameserver.ReadConfig(p.Folder)
	if err == nil && !own.HasPassword {
		err = errNoServerPassword
	}
	if err == nil {
		err = d.store(p.Name, own.Password)
	}
	if err != nil {
		d.trouble("notice.password_not_taken", err)
		return
	}
	d.Log.Info("password_taken", "profile", p.Name)
	d.tell("notice.password_stored", "notice.password_taken_body", "profile", p.Name)
}

// store puts a password into the keyring.
func (d *Doer) store(profile, password string) error {
	d.storing.Lock()
	defer d.storing.Unlock()
	err := d.Keyring.Set(d.ctx, profile, password)
	if err == nil {
		d.Around.PasswordStored()
		d.Monitor.PasswordChanged()
	}
	return err
}

// clearPassword asks nothing: what is removed can be typed again, and the
// notification says what was done.
func (d *Doer) clearPassword() {
	profile := d.Store.Current().Profile
	d.storing.Lock()
	defer d.storing.Unlock()
	err := d.Keyring.Clear(d.ctx, profile)
	if d.ctx.Err() != nil {
		return
	}
	if err != nil && !errors.Is(err, settings.ErrNotStored) {
		d.trouble("notice.password_not_removed", err)
		return
	}
	d.Log.Info("password_cleared", "profile", profile)
	d.Monitor.PasswordChanged()
	d.tell("notice.password_removed", "notice.password_removed_body", "profile", profile)
}
