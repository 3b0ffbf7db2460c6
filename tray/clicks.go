package tray

import (
	"context"
	"errors"
	"fmt"
	"time"

	"altv-tray/assets"
	"altv-tray/monitor"
	"altv-tray/settings"
)

// clicked does what a row is for, as it was shown. What may take long goes on
// beside, so that the icon stays alive.
func (a *App) clicked(id rowID, shown monitor.Snapshot) {
	switch id {
	case rowReconnect:
		if shown.Reconnect.Phase.Cancellable() {
			a.monitor.Cancel(shown.Reconnect.ID)
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
		a.ask(a.setPassword)
	case rowPasswordClear:
		a.ask(a.clearPassword)
	case rowSettings:
		a.wait.Go(func() {
			if err := a.Store.Ensure(); err != nil {
				a.trouble("The settings cannot be opened", err)
				return
			}
			a.opened(a.Store.File())
		})
	case rowLogs:
		a.wait.Go(func() { a.opened(a.StateDir) })
	case rowAbout:
		a.notices.Add(notice{"altv-tray " + a.Version, "Brings your alt:V client back onto your server.", assets.App})
	case rowQuit:
		a.Log.Info("quit_clicked")
		a.cancel()
	}
}

func (a *App) set(key string, value any) {
	if err := a.Store.Set(key, value); err != nil {
		a.trouble("The settings were not changed", err)
	}
}

func (a *App) opened(path string) {
	if err := a.open(path); err != nil {
		a.trouble("It could not be opened", err)
	}
}

// trouble tells the user that something he asked for did not work.
func (a *App) trouble(title string, err error) {
	a.warn("trouble", fmt.Errorf("%s: %w", title, err))
	a.notices.Add(notice{title, err.Error(), assets.Error})
}

// ask runs a dialog unless one is open.
func (a *App) ask(dialog func(ctx context.Context)) {
	if !a.asking.TryLock() {
		return
	}
	a.wait.Go(func() {
		defer a.asking.Unlock()
		dialog(a.ctx)
	})
}

func (a *App) setPassword(ctx context.Context) {
	profile := a.Store.Current().Profile
	text, err := a.dialogs.Password(ctx, profile)
	switch {
	case errors.Is(err, errDismissed) || ctx.Err() != nil:
		return
	case err != nil:
		a.trouble("The password was not set", err)
		return
	}
	if err := a.Keyring.Set(ctx, profile, text); err != nil {
		a.trouble("The password was not stored", err)
		if !errors.Is(err, settings.ErrLocked) {
			_ = a.dialogs.Error(ctx, "The password was not stored: "+err.Error()) // it has been told already
		}
		return
	}
	a.Log.Info("password_stored", "profile", profile)
	a.monitor.PasswordChanged()
	a.notices.Add(notice{"Password stored", fmt.Sprintf("The keyring has it for profile %q.", profile), assets.App})
}

func (a *App) clearPassword(ctx context.Context) {
	profile := a.Store.Current().Profile
	yes, err := a.dialogs.Confirm(ctx, fmt.Sprintf("Remove the server password of profile %q from the keyring?", profile), "Remove")
	switch {
	case ctx.Err() != nil:
		return
	case err != nil:
		a.trouble("The password was not removed", err)
		return
	case !yes:
		return
	}
	if err := a.Keyring.Clear(ctx, profile); err != nil && !errors.Is(err, settings.ErrNotStored) {
		a.trouble("The password was not removed", err)
		return
	}
	a.Log.Info("password_cleared", "profile", profile)
	a.monitor.PasswordChanged()
	a.notices.Add(notice{"Password removed", fmt.Sprintf("The keyring has none for profile %q any more.", profile), assets.App})
}
