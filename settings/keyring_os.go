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

// service is what the passwords lie under in the system's keyring.
const service = "altv-tray"

// OSKeyring returns the system's keyring: the Credential Manager on Windows, the Secret
// Service on Linux. A call may wait a minute for the user to unlock it, so make it only after
// an act of the user or once before a reconnect. One call runs at a time.
func OSKeyring() Keyring {
	return newGuarded(goKeyring{})
}

// goKeyring is what go-keyring does, with our errors.
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

// withUnlocked calls go-keyring once the keyring is open, and returns our error for its own.
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

// ForgetAllPasswords removes the passwords of all profiles, also of those that the settings
// no longer name, from the system's keyring. It is no error if there are none, or no keyring.
func ForgetAllPasswords(ctx context.Context) error {
	err := newGuarded(nil).call(ctx, "removing the passwords from the keyring", func() error {
		return withUnlocked(func() error { return keyring.DeleteAll(service) })
	})
	if errors.Is(err, ErrNotStored) || errors.Is(err, ErrNoKeyring) {
		return nil
	}
	return err
}

// decodeUTF16 turns a password that Windows' Control Panel has stored, as UTF-16LE, into
// UTF-8. Our own are UTF-8 without NUL, and never look like that.
func decodeUTF16(stored string) string {
	// What is no UTF-16, such as an odd byte, comes out as RuneError.
	text, err := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewDecoder().String(stored)
	if isText(stored) || err != nil || strings.ContainsAny(text, "\x00"+string(utf8.RuneError)) {
		return stored
	}
	return text
}
