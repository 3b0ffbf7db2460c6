package surroundings

import (
	"context"
	"errors"
	"runtime"

	"altv-tray/monitor"
	"altv-tray/monitor/gameserver"
	"altv-tray/monitor/live"
	"altv-tray/settings"
)

// password returns the password to send. It does not read the keyring if server.toml has no
// password. If the keyring has none, the password is empty, as most development servers have
// none, unless server.toml has a password. Stored reads the keyring, and find finds the folder
// of a server whose profile names none.
func password(ctx context.Context, p settings.Profile, stored func(context.Context, settings.Profile) (string, error), find func(context.Context, settings.Profile) string) (string, monitor.Reason) {
	if p.Password == settings.PasswordNone {
		return "", monitor.NoReason
	}
	if p.Folder == "" {
		p.Folder = find(ctx, p)
	}
	server := serverConfig(p.Folder)
	if server.File != "" && !server.HasPassword {
		return "", monitor.NoReason
	}
	text, err := stored(ctx, p)
	switch {
	case err == nil:
		return text, monitor.NoReason
	case errors.Is(err, settings.ErrNotStored) && !server.HasPassword:
		return "", monitor.NoReason
	case errors.Is(err, settings.ErrNotStored):
		return "", monitor.PasswordMissing
	case errors.Is(err, settings.ErrNoKeyring):
		return "", monitor.KeyringMissing
	case errors.Is(err, settings.ErrNotText):
		return "", monitor.PasswordNotText
	}
	return "", monitor.KeyringLocked
}

// readPassword reads the keyring's password for a profile. If the profile is still in use, it
// updates the Facts.
func (w *Watcher) readPassword(ctx context.Context, p settings.Profile) (text string, err error) {
	text, err = w.keyring.Get(ctx, p.Name)
	if ctx.Err() != nil || w.store.Current().Profile != p.Name {
		return text, err
	}
	state := PasswordUnknown
	switch {
	case err == nil:
		state = PasswordStored
		if server, err := gameserver.ReadPassword(w.ServerFolder(p)); err == nil && server != "" && server != text {
			state = PasswordDiffers
		}
	case errors.Is(err, settings.ErrNotStored):
		state = PasswordMissing
	}
	// A keyring that could not be read may have locked itself, and would ask the user each time.
	w.keyringOpen.Store(state != PasswordUnknown)
	w.facts.Update(func(f *Facts) { f.Password = state })
	return text, err
}

// CheckPassword updates the Facts from the keyring if that needs no prompt: on Windows, or while
// the keyring is open. The menu and notifications alone are no reason to make the user unlock it.
func (w *Watcher) CheckPassword() { live.Wake(w.keyringDue) }

// watchKeyring serves CheckPassword until ctx ends.
func (w *Watcher) watchKeyring(ctx context.Context) {
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
		_, _ = w.readPassword(ctx, p)
	}
}

// KeyringUnlocked notes that the keyring is open, as it has just been written to.
func (w *Watcher) KeyringUnlocked() { w.keyringOpen.Store(true) }
