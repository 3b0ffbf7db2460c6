package settings

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"unicode/utf8"

	"github.com/zalando/go-keyring"
	"golang.org/x/text/encoding/unicode"
)

// service is the name under which the system's keyring stores the passwords.
const service = "altv-tray"

// OSKeyring returns the system's keyring: the Credential Manager on Windows, the Secret
// Service on Linux. A call may wait a minute for the user to unlock the keyring, so make one
// only when the user has asked for something, or once before a reconnect.
func OSKeyring() Keyring {
	return newGuarded(goKeyring{})
}

// goKeyring is go-keyring as a backend.
type goKeyring struct{}

func (goKeyring) get(profile string) (stored string, err error) {
	err = withUnlocked(func() (err error) { stored, err = keyring.Get(service, profile); return err })
	if runtime.GOOS == "windows" {
		stored = decodeUTF16(stored)
	}
	return stored, err
}

func (goKeyring) set(profile, password string) error {
	return withUnlocked(func() error { return keyring.Set(service, profile, password) })
}

func (goKeyring) remove(profile string) error {
	return withUnlocked(func() error { return keyring.Delete(service, profile) })
}

// withUnlocked unlocks the keyring, calls go-keyring, and returns the error as one of this
// package.
func withUnlocked(call func() error) error {
	err := unlock()
	if err == nil {
		err = call()
	}
	switch {
	case err == nil:
		return nil
	case errors.Is(err, keyring.ErrNotFound):
		return ErrNotStored
	}
	return classify(err)
}

// ForgetAllPasswords removes the passwords of all profiles from the system's keyring, also of
// profiles that the settings no longer have. Without passwords, or without a keyring, it
// returns nil.
func ForgetAllPasswords(ctx context.Context) error {
	err := newGuarded(nil).call(ctx, "removing the passwords from the keyring", func() error {
		return withUnlocked(func() error { return keyring.DeleteAll(service) })
	})
	if errors.Is(err, ErrNotStored) || errors.Is(err, ErrNoKeyring) {
		return nil
	}
	return err
}

// decodeUTF16 converts a password that Windows' Control Panel has stored, in UTF-16LE. The
// passwords of this program are UTF-8 without NUL, and stay as they are.
func decodeUTF16(stored string) string {
	// The decoder turns what is not UTF-16, such as an odd byte, into RuneError.
	text, err := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewDecoder().String(stored)
	if isText(stored) || err != nil || strings.ContainsAny(text, "\x00"+string(utf8.RuneError)) {
		return stored
	}
	return text
}
