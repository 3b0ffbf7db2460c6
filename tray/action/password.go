package action

import (
	"errors"
	"strconv"

	"altv-tray/monitor"
	"altv-tray/monitor/gameserver"
	"altv-tray/monitor/problem"
	"altv-tray/settings"
)

func (d *Doer) setPassword() Message {
	profile, t := d.Store.Current().Profile, d.Text()
	title := t.T("dialog.password_title", "profile", profile)
	text, err := d.ask(d.ctx, Question{AskPassword, title, t.T("dialog.password_ask"), t.T("dialog.ok"), t.T("dialog.cancel")})
	if err != nil {
		return d.failure("notice.password_not_set", err)
	}
	return d.storePassword(StorePassword{Profile: profile, Password: text})
}

func (d *Doer) storePassword(a StorePassword) Message {
	var err error
	if _, ok := d.Store.Current().Find(a.Profile); !ok {
		err = problem.New(problem.ProfileGone, problem.Text("name", strconv.Quote(a.Profile)))
	} else {
		err = d.store(a.Profile, a.Password)
	}
	if err != nil {
		return d.failure("notice.password_not_stored", err)
	}
	d.Log.Info("password_stored", "profile", a.Profile)
	return d.success("notice.password_stored", "notice.password_stored_body", "profile", a.Profile)
}

func (d *Doer) takePassword() Message {
	p := d.Store.Current().Active()
	password, err := gameserver.ReadPassword(d.Surroundings.ServerFolder(p))
	if err == nil && password == "" {
		err = problem.New(problem.NoServerPassword)
	}
	if err == nil {
		err = d.store(p.Name, password)
	}
	if err != nil {
		return d.failure("notice.password_not_taken", err)
	}
	d.Log.Info("password_taken", "profile", p.Name)
	return d.success("notice.password_stored", "notice.password_taken_body", "profile", p.Name)
}

// store stores a password in the keyring.
func (d *Doer) store(profile, password string) error {
	d.storing.Lock()
	defer d.storing.Unlock()
	err := d.Keyring.Set(d.ctx, profile, password)
	if err == nil {
		d.Surroundings.KeyringUnlocked()
		d.Monitor.Apply(monitor.PasswordChanged())
	}
	return err
}

// clearPassword does not ask for consent: the user can type the password again.
func (d *Doer) clearPassword() Message {
	profile := d.Store.Current().Profile
	d.storing.Lock()
	defer d.storing.Unlock()
	err := d.Keyring.Clear(d.ctx, profile)
	if err != nil && !errors.Is(err, settings.ErrNotStored) {
		return d.failure("notice.password_not_removed", err)
	}
	d.Log.Info("password_cleared", "profile", profile)
	d.Monitor.Apply(monitor.PasswordChanged())
	return d.success("notice.password_removed", "notice.password_removed_body", "profile", profile)
}
