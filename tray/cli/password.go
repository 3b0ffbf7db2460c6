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

// Password holds the commands for the server password in the keyring.
type Password struct {
	Set    PasswordSet    `cmd:"" help:"Store the password. It is read from the terminal without echo, or from standard input."`
	Clear  PasswordClear  `cmd:"" help:"Remove the password."`
	Status PasswordStatus `cmd:"" help:"Say whether a password is stored."`
}

// PasswordSet stores the profile's server password, from the terminal without echo or from a
// pipe, without one line end at its end.
type PasswordSet struct{}

func (PasswordSet) Run(ctx context.Context, e *Env) Code {
	g, code := e.actingScope(Wrong)
	if code != OK {
		return code
	}
	text, err := e.readPassword(ctx, g.settings.Profile)
	if err != nil {
		return e.report(Wrong, err)
	}
	return e.passwordChanged(ctx, g, e.Keyring.Set(ctx, g.settings.Profile, text), "is in the keyring")
}

// PasswordClear removes it. It is no failure if there was none.
type PasswordClear struct{}

func (PasswordClear) Run(ctx context.Context, e *Env) Code {
	g, code := e.actingScope(Wrong)
	if code != OK {
		return code
	}
	err := e.Keyring.Clear(ctx, g.settings.Profile)
	if errors.Is(err, settings.ErrNotStored) {
		e.Say(fmt.Sprintf("No password was stored for profile %q.", g.settings.Profile))
		return OK
	}
	return e.passwordChanged(ctx, g, err, "is no longer in the keyring")
}

// passwordChanged tells the user, and the tray app if one runs, that the password is another one now,
// or why it is not.
func (e *Env) passwordChanged(ctx context.Context, g scope, err error, now string) Code {
	if err != nil {
		return e.report(NoPassword, err)
	}
	e.Say(fmt.Sprintf("The password of profile %q %s.", g.settings.Profile, now))
	if g.app != nil {
		_ = g.app.Ask(ctx, control.PasswordChanged, control.Request{}, nil) // it reads the keyring anew before each reconnect anyway
	}
	return OK
}

// PasswordStatus prints whether one is stored.
type PasswordStatus struct{}

func (PasswordStatus) Run(ctx context.Context, e *Env) Code {
	g, code := e.actingScope(Wrong)
	if code != OK {
		return code
	}
	p := g.settings.Active()
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

// readPassword waits for the user, or for the pipe, until ctx ends. It leaves the terminal as
// it was; the read itself cannot be ended.
func (e *Env) readPassword(ctx context.Context, profile string) (string, error) {
	fd := int(e.Stdin.Fd())
	read := func() ([]byte, error) {
		// Read on a little, so that a text that is too long is known as such.
		text, err := io.ReadAll(io.LimitReader(e.Stdin, 2*settings.MaxPassword))
		return bytes.TrimSuffix(bytes.TrimSuffix(text, []byte("\n")), []byte("\r")), err
	}
	if before, err := term.GetState(fd); err == nil {
		_, _ = fmt.Fprintf(e.Stderr, "Password of the server in profile %q: ", profile)
		defer func() {
			_ = term.Restore(fd, before) // a read that was given up has left it without echo
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
