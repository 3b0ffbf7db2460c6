package tray

import (
	"context"
	"errors"
	"sync"
	"time"

	"altv-tray/assets"
	"altv-tray/settings"
)

// clicked does what a row is for, as it was shown. What may take long goes on
// beside, so that the icon stays alive.
func (a *App) clicked(id rowID, shown *view) {
	switch id {
	case rowReconnect:
		if shown.cancels != 0 {
			a.monitor.Cancel(shown.cancels)
		} else {
			a.monitor.Reconnect()
		}
	case rowAutomatic:
		a.set("auto_reconnect.enabled", !a.Store.Current().AutoReconnect.Enabled)
	case rowPause15:
		a.monitor.Pause(15 * time.Minute)
	case rowPause60:
		a.monitor.Pause(time.Hour)
	case rowPauseForever:
		a.monitor.Pause(0)
	case rowResume:
		a.monitor.Resume()
	case rowPasswordSet:
		a.once(&a.asking, a.setPassword)
	case rowPasswordTake:
		a.wait.Go(a.takePassword)
	case rowPasswordClear:
		a.wait.Go(a.clearPassword)
	case rowNotifyReady:
		a.set("notifications.ready", !a.Store.Current().Notifications.Ready)
	case rowNotifyJoined:
		a.set("notifications.joined", !a.Store.Current().Notifications.Joined)
	case rowNotifyDropped:
		a.set("notifications.dropped", !a.Store.Current().Notifications.Dropped)
	case rowNotifyFailed:
		a.set("notifications.failed", !a.Store.Current().Notifications.Failed)
	case rowStart:
		a.wait.Go(a.startClient)
	case rowDebugOn:
		a.once(&a.asking, a.switchDebugOn)
	case rowAutostart:
		a.wait.Go(a.toggleAutostart)
	case rowSettings:
		a.wait.Go(func() {
			if err := a.Store.Ensure(); err != nil {
				a.trouble("notice.settings_not_opened", err)
				return
			}
			a.opened(a.Store.File())
		})
	case rowLogs:
		a.wait.Go(func() { a.opened(a.StateDir) })
	case rowChecks:
		a.once(&a.checking, a.runChecks)
	case rowAbout:
		a.tell("menu.about", "notice.about_body", "version", a.Version)
	case rowQuit:
		a.Log.Info("quit_clicked")
		a.cancel()
	default:
		if n := int(id - rowProfileFirst); n >= 0 {
			if all := a.Store.Current().Profiles; n < len(all) {
				a.set("profile", all[n].Name)
			}
		}
	}
}

func (a *App) set(key string, value any) {
	if err := a.Store.Set(key, value); err != nil {
		a.trouble("notice.settings_not_changed", err)
	}
}

// opened shows a file or folder. Where the program for it is started without a
// desktop in between, it comes back only when that has ended.
func (a *App) opened(path string) {
	if err := a.unlessQuit(func() error { return a.open(path) }); err != nil {
		a.trouble("notice.not_opened", err)
	}
}

// unlessQuit does what the system may hold up for as long as it likes; the end of
// the app does not wait for it.
func (a *App) unlessQuit(do func() error) error {
	done := make(chan error, 1)
	go func() { done <- do() }()
	select {
	case err := <-done:
		return err
	case <-a.ctx.Done():
		return nil
	}
}

// trouble tells the user that something he asked for did not work. Title is
// the text's key.
func (a *App) trouble(title string, err error) {
	a.warn(title, err)
	a.notices.Answer(notice{a.text().T(title), errorText(a.text(), err), assets.Error})
}

// tell shows a notification made of two texts by their keys.
func (a *App) tell(title, body string, args ...string) {
	t := a.text()
	a.notices.Answer(notice{t.T(title, args...), t.T(body, args...), assets.App})
}

// once runs a dialog unless one of its kind is open. The dialog calls answered
// when it has closed: what the answer leads to may take long, and a click must
// not be lost meanwhile.
func (a *App) once(open *sync.Mutex, dialog func(ctx context.Context, answered func())) {
	if !open.TryLock() {
		return
	}
	a.wait.Go(func() {
		answered := sync.OnceFunc(open.Unlock)
		defer answered()
		dialog(a.ctx, answered)
	})
}

func (a *App) setPassword(ctx context.Context, answered func()) {
	profile, t := a.Store.Current().Profile, a.text()
	text, err := a.dialogs.Password(ctx, t.T("dialog.password_title"), t.T("dialog.password_ask", "profile", profile))
	answered()
	switch {
	case errors.Is(err, errDismissed) || ctx.Err() != nil:
		return
	case err != nil:
		a.trouble("notice.password_not_set", err)
		return
	}
	if err := a.store(ctx, profile, text); err != nil {
		a.trouble("notice.password_not_stored", err)
		if !errors.Is(err, settings.ErrLocked) {
			_ = a.dialogs.Error(ctx, t.T("notice.password_not_stored")+"\n"+errorText(t, err)) // it has been told already
		}
		return
	}
	a.Log.Info("password_stored", "profile", profile)
	a.tell("notice.password_stored", "notice.password_stored_body", "profile", profile)
}

// store puts a password into the keyring, one after the other.
func (a *App) store(ctx context.Context, profile, password string) error {
	a.storing.Lock()
	defer a.storing.Unlock()
	err := a.Keyring.Set(ctx, profile, password)
	if err == nil {
		a.keyringOpen.Store(true)
		a.monitor.PasswordChanged()
	}
	return err
}

// clearPassword asks nothing: what is removed can be typed again, and the
// notification says what was done.
func (a *App) clearPassword() {
	profile := a.Store.Current().Profile
	a.storing.Lock()
	defer a.storing.Unlock()
	switch err := a.Keyring.Clear(a.ctx, profile); {
	case a.ctx.Err() != nil:
		return
	case err != nil && !errors.Is(err, settings.ErrNotStored):
		a.trouble("notice.password_not_removed", err)
		return
	}
	a.Log.Info("password_cleared", "profile", profile)
	a.monitor.PasswordChanged()
	a.tell("notice.password_removed", "notice.password_removed_body", "profile", profile)
}
