package settings

import (
	"context"
	"errors"
	"fmt"
	"time"

	"altv-tray/monitor/problem"
)

// backend is a keyring whose calls may wait for ever, or report success for a dismissed prompt.
type backend interface {
	get(profile string) (string, error)
	set(profile, password string) error
	remove(profile string) error
}

// guarded makes a Keyring of a backend: it limits how long a caller waits, makes one call at a
// time and checks its result.
type guarded struct {
	backend backend
	busy    chan struct{} // holds a value while a call is under way, abandoned or not
}

func newGuarded(b backend) *guarded {
	return &guarded{b, make(chan struct{}, 1)}
}

// Get is Keyring's.
func (p *guarded) Get(ctx context.Context, profile string) (string, error) {
	var stored string
	err := p.call(ctx, fmt.Sprintf("reading the password of profile %q", profile), func() (err error) {
		stored, err = p.backend.get(profile)
		switch {
		case err != nil:
			return err
		case stored == "": // another program's doing: it would be sent as "no password"
			return ErrNotStored
		case !isText(stored):
			return ErrNotText
		}
		return nil
	})
	if err != nil {
		return "", err // the call may still be under way
	}
	return stored, nil
}

// Set is Keyring's.
func (p *guarded) Set(ctx context.Context, profile, password string) error {
	return p.call(ctx, fmt.Sprintf("storing the password of profile %q", profile), func() error {
		switch { // what no system's keyring would give back unchanged
		case password == "":
			return ErrEmpty
		case len(password) > MaxPassword:
			return ErrTooLong
		case !isText(password):
			return ErrNotText
		}
		if err := p.backend.set(profile, password); err != nil {
			return err
		}
		stored, err := p.backend.get(profile)
		if err != nil && !errors.Is(err, ErrNotStored) {
			return err
		}
		if stored != password {
			return fmt.Errorf("the keyring did not take it, as when its question is dismissed: clear the stored password and set it again: %w", ErrLocked)
		}
		return nil
	})
}

// Clear is Keyring's.
func (p *guarded) Clear(ctx context.Context, profile string) error {
	return p.call(ctx, fmt.Sprintf("removing the password of profile %q", profile), func() error {
		if err := p.backend.remove(profile); err != nil {
			return err
		}
		if _, err := p.backend.get(profile); !errors.Is(err, ErrNotStored) {
			return fmt.Errorf("it is still there: remove it with the system's own keyring program: %w", ErrLocked)
		}
		return nil
	})
}

// call waits for its turn and for do, together a minute at most. A do that takes longer keeps
// its turn, so that the user does not get two prompts; its result is dropped.
func (p *guarded) call(ctx context.Context, doing string, do func() error) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	done := make(chan error, 1)
	go func() {
		p.busy <- struct{}{}
		defer func() { <-p.busy }()
		if ctx.Err() != nil {
			return // nobody waits for it any more
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
