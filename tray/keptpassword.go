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

// target is Target with an eye on what the keyring holds and on where the client
// goes.
func (a *App) target(set settings.Settings) monitor.Target {
	t := Target(set, observedKeyring{a.Keyring, func(text string, err error) { a.noteKeyring(set.Active(), text, err) }}, a.watchServer...)
	t.Config.Elsewhere = a.facts.get().elsewhere
	return t
}

// observedKeyring reports what each Get found.
type observedKeyring struct {
	settings.Keyring
	found func(text string, err error)
}

func (k observedKeyring) Get(ctx context.Context, profile string) (string, error) {
	text, err := k.Keyring.Get(ctx, profile)
	if ctx.Err() == nil {
		k.found(text, err)
	}
	return text, err
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

// noteKeyring records what the keyring was found to hold for a profile, unless
// another profile is in use by now.
func (a *App) noteKeyring(p settings.Profile, text string, err error) {
	if a.Store.Current().Profile != p.Name {
		return
	}
	seen := passwordUnknown
	switch {
	case err == nil:
		seen = comparePassword(p, text)
	case errors.Is(err, settings.ErrNotStored):
		seen = passwordMissing
	}
	// One that could not be read may have locked itself, and would ask each time.
	a.keyringOpen.Store(seen != passwordUnknown)
	a.facts.note(func(f *facts) { f.password = seen })
}

// lookAtPassword looks into the keyring where that disturbs nobody: Windows'
// never asks, and one that has just been read is unlocked.
func (a *App) lookAtPassword() {
	p := a.Store.Current().Active()
	if runtime.GOOS != "windows" && !a.keyringOpen.Load() || p.Password == settings.PasswordNone {
		a.facts.note(func(f *facts) { f.password = passwordUnknown })
		return
	}
	a.wait.Go(func() {
		a.peeking.Lock()
		defer a.peeking.Unlock()
		text, err := a.Keyring.Get(a.ctx, p.Name)
		if a.ctx.Err() == nil {
			a.noteKeyring(p, text, err)
		}
	})
}
