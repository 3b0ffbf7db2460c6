package settings

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"altv-tray/monitor/problem"
)

// Keyring stores one server password for each profile. No error has a password in its text.
// All methods may be called from any goroutine.
type Keyring interface {
	// Get returns the password, which is never empty. Its errors are ErrNotStored, ErrLocked,
	// ErrNoKeyring, ErrNotText, the error of ctx, and others.
	Get(ctx context.Context, profile string) (string, error)

	// Set stores the password. Its errors are ErrEmpty, ErrTooLong, ErrNotText, ErrLocked,
	// ErrNoKeyring, the error of ctx, and others. After ErrLocked or the error of ctx the
	// password may still be stored, if the user answers the keyring's prompt late.
	Set(ctx context.Context, profile, password string) error

	// Clear removes the password. Its errors are ErrNotStored, ErrLocked, ErrNoKeyring, the
	// error of ctx, and others.
	Clear(ctx context.Context, profile string) error
}

// MaxPassword is the longest password in bytes: the limit of Windows, used on every system.
const MaxPassword = 2560

// The errors of a Keyring that callers distinguish, with errors.Is.
var (
	ErrNotStored = problem.New(problem.PasswordNotStored)
	ErrLocked    = problem.New(problem.KeyringLocked)
	ErrNoKeyring = problem.New(problem.NoKeyring)
	ErrTooLong   = problem.New(problem.PasswordTooLong) // longer than MaxPassword
	ErrNotText   = problem.New(problem.PasswordNotText)
	ErrEmpty     = problem.New(problem.PasswordEmpty)
)

func isText(password string) bool {
	return utf8.ValidString(password) && !strings.ContainsRune(password, 0)
}

// backend is a keyring whose calls may block for ever, or succeed although the user has
// dismissed the prompt.
type backend interface {
	get(profile string) (string, error)
	set(profile, password string) error
	remove(profile string) error
}

// guarded is a Keyring on a backend. It makes one call at a time, limits how long the caller
// waits, and checks that the call took effect.
type guarded struct {
	backend backend
	busy    chan struct{} // holds a value during a call, abandoned or not
}

func newGuarded(b backend) *guarded {
	return &guarded{b, make(chan struct{}, 1)}
}

func (g *guarded) Get(ctx context.Context, profile string) (string, error) {
	var stored string
	err := g.call(ctx, fmt.Sprintf("reading the password of profile %q", profile), func() (err error) {
		stored, err = g.backend.get(profile)
		switch {
		case err != nil:
			return err
		case stored == "": // another program stored it; it would be sent as "no password"
			return ErrNotStored
		case !isText(stored):
			return ErrNotText
		}
		return nil
	})
	if err != nil {
		return "", err // an abandoned call may still write stored
	}
	return stored, nil
}

func (g *guarded) Set(ctx context.Context, profile, password string) error {
	return g.call(ctx, fmt.Sprintf("storing the password of profile %q", profile), func() error {
		switch { // no keyring returns these unchanged
		case password == "":
			return ErrEmpty
		case len(password) > MaxPassword:
			return ErrTooLong
		case !isText(password):
			return ErrNotText
		}
		if err := g.backend.set(profile, password); err != nil {
			return err
		}
		stored, err := g.backend.get(profile)
		if err != nil && !errors.Is(err, ErrNotStored) {
			return err
		}
		if stored != password {
			return fmt.Errorf("the keyring did not take it, as when its question is dismissed: clear the stored password and set it again: %w", ErrLocked)
		}
		return nil
	})
}

func (g *guarded) Clear(ctx context.Context, profile string) error {
	return g.call(ctx, fmt.Sprintf("removing the password of profile %q", profile), func() error {
		if err := g.backend.remove(profile); err != nil {
			return err
		}
		if _, err := g.backend.get(profile); !errors.Is(err, ErrNotStored) {
			return fmt.Errorf("it is still there: remove it with the system's own keyring program: %w", ErrLocked)
		}
		return nil
	})
}

// call runs do once no other call runs, and returns its error. It waits at most a minute in
// all. An abandoned do still holds busy, so that the user never gets two prompts; its result
// is dropped.
func (g *guarded) call(ctx context.Context, doing string, do func() error) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	done := make(chan error, 1)
	go func() {
		g.busy <- struct{}{}
		defer func() { <-g.busy }()
		if ctx.Err() != nil {
			return // the caller has given up
		}
		defer func() {
			// go-keyring panics if the bus connection closes while a prompt is open.
			if recover() != nil {
				done <- fmt.Errorf("the keyring's answer made no sense: %w", ErrLocked)
			}
		}()
		done <- do()
	}()
	var err error
	select {
	case err = <-done:
	case <-ctx.Done():
		err = context.Cause(ctx)
		if errors.Is(err, context.DeadlineExceeded) {
			err = problem.New(problem.KeyringLocked).Because(err)
		}
	}
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	return nil
}

// MemoryKeyring returns a Keyring in memory, for the demo and for tests.
func MemoryKeyring() Keyring { return newGuarded(memory{}) }

// memory maps profiles to passwords.
type memory map[string]string

func (m memory) get(profile string) (string, error) {
	password, stored := m[profile]
	if !stored {
		return "", ErrNotStored
	}
	return password, nil
}

func (m memory) set(profile, password string) error {
	m[profile] = password
	return nil
}

func (m memory) remove(profile string) error {
	_, err := m.get(profile)
	delete(m, profile)
	return err
}
