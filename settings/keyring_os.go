package settings

import (
	"context"
	"errors"
	"fmt"
	"syscall"

	"github.com/zalando/go-keyring"
)

// service is what the passwords lie under in the system's keyring.
const service = "altv-tray"

// OSKeyring returns the system's keyring: the Credential Manager on Windows, the
// Secret Service on Linux. A call may wait for the user to unlock it, at most a
// minute, so make it only after something the user did or once before a
// reconnect. Calls are made one after the other.
func OSKeyring() Keyring {
	return newPatient(goKeyring{})
}

// goKeyring is what go-keyring does, with our errors.
type goKeyring struct{}

func (goKeyring) get(profile string) (string, error) {
	if err := reachKeyring(); err != nil {
		return "", err
	}
	stored, err := keyring.Get(service, profile)
	if err != nil {
		return "", classifyPackage(err)
	}
	return storedText(stored), nil
}

func (goKeyring) set(profile, password string) error {
	if err := reachKeyring(); err != nil {
		return err
	}
	return classifyPackage(keyring.Set(service, profile, password))
}

func (goKeyring) remove(profile string) error {
	if err := reachKeyring(); err != nil {
		return err
	}
	return classifyPackage(keyring.Delete(service, profile))
}

// reachKeyring has the keyring ready for go-keyring, or says why it is not.
func reachKeyring() error {
	return classifyPackage(unlock())
}

// ForgetAllPasswords removes the passwords of all profiles, also of those that
// the settings no longer name, from the system's keyring. There being none, or
// no keyring, is no error. It waits for the keyring no longer than a call of
// OSKeyring does.
func ForgetAllPasswords(ctx context.Context) error {
	_, err := newPatient(goKeyring{}).call(ctx, func() (string, error) {
		if err := reachKeyring(); err != nil {
			return "", err
		}
		return "", classifyPackage(keyring.DeleteAll(service))
	})
	switch {
	case err == nil, errors.Is(err, ErrNotStored), errors.Is(err, ErrNoKeyring):
		return nil
	default:
		return fmt.Errorf("removing the passwords from the keyring: %w", err)
	}
}

func classifyPackage(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, keyring.ErrNotFound):
		return ErrNotStored
	case errors.Is(err, keyring.ErrSetDataTooBig):
		return ErrTooLong
	}
	return classify(err)
}

// noMoreFiles: the keyring may well be there, only nothing can be opened now.
func noMoreFiles(err error) bool {
	return errors.Is(err, syscall.EMFILE) || errors.Is(err, syscall.ENFILE)
}
