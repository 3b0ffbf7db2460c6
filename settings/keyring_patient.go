package settings

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"altv-tray/monitor/problem"
)

// backend is a keyring whose calls may wait for ever, or report success for a dismissed prompt.
type backend interface {
	get(profile string) (string, error)
	set(profile, password string) error
	remove(profile string) error
}

// patient makes a Keyring of a backend: it limits how long a caller waits, makes one call at a
// time and checks its result.
type patient struct {
	backend backend
	turn    chan struct{} // holds a value while a call is under way, abandoned or not
}

func newPatient(b backend) *patient {
	return &patient{b, make(chan struct{}, 1)}
}

// Get is Keyring's.
func (p *patient) Get(ctx context.Context, profile string) (string, error) {
	return p.call(ctx, fmt.Sprintf("reading the password of profile %q", profile), func() (string, error) {
		stored, err := p.backend.get(profile)
		switch {
		case err != nil:
			return "", err
		case stored == "": // another program's doing: it would be sent as "no password"
			return "", ErrNotStored
		case !isText(stored):
			return "", ErrNotText
		}
		return stored, nil
	})
}

// Set is Keyring's.
func (p *patient) Set(ctx context.Context, profile, password string) error {
	_, err := p.call(ctx, fmt.Sprintf("storing the password of profile %q", profile), func() (string, error) {
		if err := checkPassword(password); err != nil {
			return "", err
		}
		if err := p.backend.set(profile, password); err != nil {
			return "", withoutSecret(err, password)
		}
		stored, err := p.backend.get(profile)
		if err != nil && !errors.Is(err, ErrNotStored) {
			return "", withoutSecret(err, password)
		}
		if stored != password {
			return "", fmt.Errorf("the keyring did not take it, as when its question is dismissed: clear the stored password and set it again: %w", ErrLocked)
		}
		return "", nil
	})
	return err
}

// Clear is Keyring's.
func (p *patient) Clear(ctx context.Context, profile string) error {
	_, err := p.call(ctx, fmt.Sprintf("removing the password of profile %q", profile), func() (string, error) {
		if err := p.backend.remove(profile); err != nil {
			return "", err
		}
		if _, err := p.backend.get(profile); !errors.Is(err, ErrNotStored) {
			return "", fmt.Errorf("it is still there: remove it with the system's own keyring program: %w", ErrLocked)
		}
		return "", nil
	})
	return err
}

// call waits for its turn and for do, together a minute at most. A do that takes longer keeps
// its turn, so that the user does not get two prompts; its result is dropped.
func (p *patient) call(ctx context.Context, doing string, do func() (string, error)) (password string, err error) {
	defer func() {
		if err != nil {
			password, err = "", fmt.Errorf("%s: %w", doing, err)
		}
	}()
	ctx, cancel := context.WithTimeoutCause(ctx, time.Minute, ErrLocked)
	defer cancel()
	select {
	case p.turn <- struct{}{}:
	case <-ctx.Done():
		return "", gaveUp(ctx)
	}
	if ctx.Err() != nil { // both were ready
		<-p.turn
		return "", gaveUp(ctx)
	}
	var found string
	done := make(chan error, 1)
	go func() {
		defer func() { <-p.turn }()
		defer func() {
			// go-keyring panics if the bus connection closes while a prompt is open.
			if recover() != nil {
				done <- fmt.Errorf("the keyring's answer made no sense: %w", ErrLocked)
			}
		}()
		var err error
		found, err = do()
		done <- err
	}()
	select {
	case err := <-done:
		return found, err
	case <-ctx.Done():
		return "", gaveUp(ctx)
	}
}

// gaveUp returns ErrLocked where the time was up, and else the caller's own end.
func gaveUp(ctx context.Context) error {
	cause := context.Cause(ctx)
	if errors.Is(cause, context.DeadlineExceeded) {
		return problem.New(problem.KeyringLocked).Because(cause)
	}
	return cause
}

// withoutSecret keeps only the code of an error with the password in its text: nobody knows
// what a keyring puts into its messages.
func withoutSecret(err error, password string) error {
	if !strings.Contains(err.Error(), password) {
		return err
	}
	if code := problem.CodeOf(err); code != "" {
		return problem.New(code)
	}
	return errors.New("the keyring failed: try again, or look at it with the system's own keyring program")
}
