package tray

import (
	"context"
	"errors"
	"runtime"

	"altv-tray/monitor"
	"altv-tray/monitor/gameserver"
	"altv-tray/settings"
)

// This file follows what the keyring holds for the profile, so that the menu
// and the notifications know. The keyring is not asked for that alone where it
// might ask the user to unlock it.

// target is Target with an eye on the password and on where the client goes.
func (a *App) target(set settings.Settings) monitor.Target {
	t := Target(set, a.Keyring, a.watchServer...)
	t.Config.Elsewhere = a.facts.get().elsewhere
	read, p := t.Password, set.Active()
	t.Password = func(ctx context.Context) (string, monitor.Reason) {
		password, failed := read(ctx)
		switch {
		case failed == monitor.PasswordMissing:
			a.notePassword(p, passwordMissing)
		case failed == monitor.KeyringLocked:
			a.keyringOpen.Store(false)
		case failed == monitor.NoReason && password != "":
			a.notePassword(p, comparePassword(p, password))
		}
		return password, failed
	}
	return t
}

// configure puts the settings in force, with what is known around them.
func (a *App) configure() {
	a.configuring.Lock()
	defer a.configuring.Unlock()
	a.monitor.Configure(a.target(a.Store.Current()))
}

// comparePassword tells whether the server's own settings hold another one.
func comparePassword(p settings.Profile, password string) passwordFact {
	if p.Folder == "" {
		return passwordStored
	}
	own, err := gameserver.ReadConfig(p.Folder)
	if err == nil && own.HasPassword && own.Password != password {
		return passwordDiffers
	}
	return passwordStored
}

// notePassword takes down what the keyring holds for a profile, unless another
// one is in use by now.
func (a *App) notePassword(p settings.Profile, seen passwordFact) {
	if a.Store.Current().Profile != p.Name {
		return
	}
	if seen != passwordUnknown {
		a.keyringOpen.Store(true)
	}
	a.facts.note(func(f *facts) { f.password = seen })
}

// lookAtPassword looks into the keyring where that disturbs nobody: Windows'
// never asks, and one that has just been read is unlocked.
func (a *App) lookAtPassword() {
	p := a.Store.Current().Active()
	if runtime.GOOS != "windows" && !a.keyringOpen.Load() || p.Password == settings.PasswordNone {
		a.notePassword(p, passwordUnknown)
		return
	}
	a.wait.Go(func() {
		a.peeking.Lock()
		defer a.peeking.Unlock()
		password, err := a.Keyring.Get(a.ctx, p.Name)
		switch {
		case err == nil:
			a.notePassword(p, comparePassword(p, password))
		case errors.Is(err, settings.ErrNotStored):
			a.notePassword(p, passwordMissing)
		default:
			a.keyringOpen.Store(false) // it may have locked itself, and would ask each time
			a.notePassword(p, passwordUnknown)
		}
	})
}
