package surroundings

import (
	"context"
	"errors"
	"runtime"

	"altv-tray/monitor/gameserver"
	"altv-tray/monitor/live"
	"altv-tray/settings"
)

// This file follows what the keyring has for the profile, for menu and notifications. That alone
// is no reason to make the user unlock it.

// stored reads what the keyring has for a profile, and records it if that is still in use.
func (w *Watcher) stored(ctx context.Context, p settings.Profile) (text string, err error) {
	text, err = w.keyring.Get(ctx, p.Name)
	if ctx.Err() != nil || w.store.Current().Profile != p.Name {
		return text, err
	}
	seen := PasswordUnknown
	switch {
	case err == nil:
		seen = PasswordStored
		if own, err := gameserver.ReadPassword(w.ServerFolder(p)); err == nil && own != "" && own != text {
			seen = PasswordDiffers
		}
	case errors.Is(err, settings.ErrNotStored):
		seen = PasswordMissing
	}
	// One that could not be read may have locked itself, and would ask each time.
	w.keyringOpen.Store(seen != PasswordUnknown)
	w.facts.Update(func(f *Facts) { f.Password = seen })
	return text, err
}

// CheckPassword reads the keyring if that brings no prompt: on Windows, or when it is open.
func (w *Watcher) CheckPassword() { live.Wake(w.keyringDue) }

// peek does what CheckPassword asks for, until the end.
func (w *Watcher) peek(ctx context.Context) {
	for {
		select {
		case <-w.keyringDue:
		case <-ctx.Done():
			return
		}
		p := w.store.Current().Active()
		if runtime.GOOS != "windows" && !w.keyringOpen.Load() || p.Password == settings.PasswordNone {
			w.facts.Update(func(f *Facts) { f.Password = PasswordUnknown })
			continue
		}
		_, _ = w.stored(ctx, p)
	}
}

// KeyringUnlocked says that the keyring has just been written to, so it is open.
func (w *Watcher) KeyringUnlocked() { w.keyringOpen.Store(true) }
