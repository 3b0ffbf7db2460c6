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
	text, err := e.readPassword(ctx, profile)
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

var errNotRead = errors.New("interrupted: no password was stored")

// readPassword waits for the user, or for whoever writes the pipe. It gives up
// where ctx ends, and leaves the terminal as it was.
func (e *Env) readPassword(ctx context.Context, profile string) (string, error) {
	fd := int(e.Stdin.Fd())
	before, err := term.GetState(fd)
	if err != nil { // it is no terminal
		return unless(ctx, func() (string, error) {
			// Read on a little, so that a text that is too long is known as such.
			text, err := io.ReadAll(io.LimitReader(e.Stdin, 2*settings.MaxPassword))
			if err != nil {
				return "", fmt.Errorf("reading the password from standard input: %w", err)
			}
			return strings.TrimSuffix(strings.TrimSuffix(string(text), "\n"), "\r"), nil
		})
	}
	_, _ = fmt.Fprintf(e.Stderr, "Password of the server in profile %q: ", profile)
	text, err := unless(ctx, func() (string, error) {
		text, err := term.ReadPassword(fd)
		if err != nil {
			return "", fmt.Errorf("reading the password from the terminal: %w", err)
		}
		return string(text), nil
	})
	_ = term.Restore(fd, before) // a reading that was given up has left it without echo
	_, _ = fmt.Fprintln(e.Stderr)
	return text, err
}

// unless reads, unless ctx ends before. The read itself knows no ctx and is then
// left to the end of the program.
func unless(ctx context.Context, read func() (string, error)) (string, error) {
	type result struct {
		text string
		err  error
	}
	done := make(chan result, 1)
	go func() {
		text, err := read()
		done <- result{text, err}
	}()
	select {
	case r := <-done:
		if ctx.Err() == nil {
			return r.text, r.err
		}
	case <-ctx.Done():
	}
	return "", errNotRead
}

// tellTray lets a running tray app know; there need not be one.
func (e *Env) tellTray(ctx context.Context, s sound) {
	if s.tray != nil {
		_ = s.tray.PasswordChanged(ctx) // it reads the keyring anew before each reconnect anyway
	}
}
