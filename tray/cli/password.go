package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/term"

	"altv-tray/settings"
)

// PasswordSet stores the profile's server password. It is read from the
// terminal without echo, or from standard input where that is a pipe; one line
// end at its end is not part of it.
func (e *Env) PasswordSet(ctx context.Context) Code {
	s, code := e.openSound(ctx, Wrong)
	if code != OK {
		return code
	}
	profile := s.profile.Name
	text, err := e.readPassword(profile)
	if err != nil {
		return e.fail(Wrong, err)
	}
	if err := e.keyring().Set(ctx, profile, text); err != nil {
		return e.fail(NoPassword, fmt.Errorf("the password of profile %q was not stored: %w", profile, err))
	}
	e.Say(fmt.Sprintf("The password of profile %q is in the keyring.", profile))
	e.tellTray(ctx, s)
	return OK
}

// PasswordClear removes it. That there was none is no failure.
func (e *Env) PasswordClear(ctx context.Context) Code {
	s, code := e.openSound(ctx, Wrong)
	if code != OK {
		return code
	}
	profile := s.profile.Name
	switch err := e.keyring().Clear(ctx, profile); {
	case errors.Is(err, settings.ErrNotStored):
		e.Say(fmt.Sprintf("No password was stored for profile %q.", profile))
		return OK
	case err != nil:
		return e.fail(NoPassword, fmt.Errorf("the password of profile %q was not removed: %w", profile, err))
	}
	e.Say(fmt.Sprintf("The password of profile %q is no longer in the keyring.", profile))
	e.tellTray(ctx, s)
	return OK
}

// PasswordStatus tells whether one is stored.
func (e *Env) PasswordStatus(ctx context.Context) Code {
	s, code := e.openSound(ctx, Wrong)
	if code != OK {
		return code
	}
	p := s.profile
	if p.Password == settings.PasswordNone {
		e.print("profile %q needs no password: its settings say so", p.Name)
		return OK
	}
	if _, err := e.keyring().Get(ctx, p.Name); err != nil {
		return e.fail(NoPassword, fmt.Errorf("the password of profile %q: %w", p.Name, err))
	}
	e.print("a password is stored for profile %q", p.Name)
	return OK
}

func (e *Env) readPassword(profile string) (string, error) {
	if fd := int(e.Stdin.Fd()); term.IsTerminal(fd) {
		_, _ = fmt.Fprintf(e.Stderr, "Password of the server in profile %q: ", profile)
		text, err := term.ReadPassword(fd)
		_, _ = fmt.Fprintln(e.Stderr)
		if err != nil {
			return "", fmt.Errorf("reading the password from the terminal: %w", err)
		}
		return string(text), nil
	}
	// Read on a little, so that a text that is too long is known as such.
	text, err := io.ReadAll(io.LimitReader(e.Stdin, 2*settings.MaxPassword))
	if err != nil {
		return "", fmt.Errorf("reading the password from standard input: %w", err)
	}
	return strings.TrimSuffix(strings.TrimSuffix(string(text), "\n"), "\r"), nil
}

// tellTray lets a running tray app know; there need not be one.
func (e *Env) tellTray(ctx context.Context, s sound) {
	if s.tray != nil {
		_ = s.tray.PasswordChanged(ctx) // it reads the keyring anew before each reconnect anyway
	}
}
