package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"golang.org/x/term"

	"altv-tray/monitor/control"
	"altv-tray/settings"
)

// Password has the commands for the server password in the keyring.
type Password struct {
	Set    PasswordSet    `cmd:"" help:"Store the password. It is read from the terminal without echo, or from standard input."`
	Clear  PasswordClear  `cmd:"" help:"Remove the password."`
	Status PasswordStatus `cmd:"" help:"Say whether a password is stored."`
}

// PasswordSet stores the profile's server password. It reads the terminal without echo, or a
// pipe, of which it cuts off one final line end.
type PasswordSet struct{}

func (PasswordSet) Run(ctx context.Context, e *Env) Code {
	s, code := e.actingScope(Wrong)
	if code != OK {
		return code
	}
	text, err := e.readPassword(ctx, s.settings.Profile)
	if err != nil {
		return e.report(Wrong, err)
	}
	return e.passwordChanged(ctx, s, e.Keyring.Set(ctx, s.settings.Profile, text), "is in the keyring")
}

// PasswordClear removes the password. It does not fail if there is none.
type PasswordClear struct{}

func (PasswordClear) Run(ctx context.Context, e *Env) Code {
	s, code := e.actingScope(Wrong)
	if code != OK {
		return code
	}
	err := e.Keyring.Clear(ctx, s.settings.Profile)
	if errors.Is(err, settings.ErrNotStored) {
		e.Say(fmt.Sprintf("No password was stored for profile %q.", s.settings.Profile))
		return OK
	}
	return e.passwordChanged(ctx, s, err, "is no longer in the keyring")
}

// passwordChanged reports to the user, and to the tray app, that the password has changed. If
// err is not nil, it prints that instead.
func (e *Env) passwordChanged(ctx context.Context, s scope, err error, now string) Code {
	if err != nil {
		return e.report(NoPassword, err)
	}
	e.Say(fmt.Sprintf("The password of profile %q %s.", s.settings.Profile, now))
	if s.app != nil {
		_ = s.app.Ask(ctx, control.PasswordChanged, control.Request{}, nil) // may fail: the app reads the keyring before each reconnect anyway
	}
	return OK
}

// PasswordStatus prints whether a password is stored.
type PasswordStatus struct{}

func (PasswordStatus) Run(ctx context.Context, e *Env) Code {
	s, code := e.actingScope(Wrong)
	if code != OK {
		return code
	}
	p := s.settings.Active()
	if p.Password == settings.PasswordNone {
		e.print("profile %q needs no password: its settings say so", p.Name)
		return OK
	}
	if _, err := e.Keyring.Get(ctx, p.Name); err != nil {
		return e.report(NoPassword, err)
	}
	e.print("a password is stored for profile %q", p.Name)
	return OK
}

// readPassword reads a password from the terminal or the pipe until ctx ends. It restores the
// terminal. The read itself cannot be interrupted.
func (e *Env) readPassword(ctx context.Context, profile string) (string, error) {
	fd := int(e.Stdin.Fd())
	read := func() ([]byte, error) {
		// Read beyond the limit, so that Set can refuse a password that is too long.
		text, err := io.ReadAll(io.LimitReader(e.Stdin, 2*settings.MaxPassword))
		return bytes.TrimSuffix(bytes.TrimSuffix(text, []byte("\n")), []byte("\r")), err
	}
	if before, err := term.GetState(fd); err == nil {
		_, _ = fmt.Fprintf(e.Stderr, "Password of the server in profile %q: ", profile)
		defer func() {
			_ = term.Restore(fd, before) // an abandoned read has left it without echo
			_, _ = fmt.Fprintln(e.Stderr)
		}()
		read = func() ([]byte, error) { return term.ReadPassword(fd) }
	}
	var text []byte
	var err error
	done := make(chan struct{})
	go func() { defer close(done); text, err = read() }()
	select {
	case <-done:
	case <-ctx.Done():
	}
	switch {
	case ctx.Err() != nil:
		return "", errors.New("interrupted: no password was stored")
	case err != nil:
		return "", fmt.Errorf("reading the password: %w", err)
	}
	return string(text), nil
}
