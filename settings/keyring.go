package settings

import (
	"context"
	"errors"
	"strings"
	"unicode/utf8"
)

// Keyring keeps the server passwords, one for each profile's name. No error of
// it has a password in its text. All methods may be called from any goroutine.
type Keyring interface {
	// Get returns the profile's password, never an empty one. Its errors:
	// ErrNotStored, ErrLocked, ErrNoKeyring, ErrNotText, that of ctx, others.
	Get(ctx context.Context, profile string) (string, error)

	// Set stores the profile's password in place of the one before. Its errors:
	// ErrEmpty, ErrTooLong, ErrNotText, ErrLocked, ErrNoKeyring, that of ctx,
	// others. After ErrLocked or that of ctx it may yet come to be stored, if the
	// user answers the system's question late.
	Set(ctx context.Context, profile, password string) error

	// Clear removes the profile's password. Its errors: ErrNotStored, ErrLocked,
	// ErrNoKeyring, that of ctx, others.
	Clear(ctx context.Context, profile string) error
}

// MaxPassword is the number of bytes that a password may have. Windows keeps no
// more; elsewhere the limit is the same so that nobody is surprised by it.
const MaxPassword = 2560

// The errors of a Keyring that a caller decides by, with errors.Is.
var (
	// ErrNotStored means that the keyring was read and has none for the profile.
	ErrNotStored = errors.New(`no password is stored for it: store one with "altv-tray password set", or set password = "none" in its profile if the server has none`)
	// ErrLocked means that the keyring is locked, that its question was dismissed
	// or that it gave no answer in time.
	ErrLocked = errors.New("the keyring is locked or gave no answer: unlock it and try again")
	// ErrNoKeyring means that there is none on this system.
	ErrNoKeyring = errors.New(`no keyring was found: install and start GNOME Keyring, KWallet or KeePassXC with its Secret Service, or set password = "none" in the profile if the server has none`)
	// ErrTooLong means that a password has more than MaxPassword bytes.
	ErrTooLong = errors.New("the password is too long: choose one of at most 2560 bytes")
	// ErrNotText means that a password is not UTF-8 or has a NUL in it.
	ErrNotText = errors.New("the password is not plain text: set one of letters, digits and signs")
	// ErrEmpty means that an empty password was to be stored.
	ErrEmpty = errors.New(`the password is empty: to remove a stored one use "altv-tray password clear", and for a server without a password set password = "none" in its profile`)
)

// checkPassword refuses what no system's keyring would give back unchanged.
func checkPassword(password string) error {
	switch {
	case password == "":
		return ErrEmpty
	case len(password) > MaxPassword:
		return ErrTooLong
	case !isText(password):
		return ErrNotText
	}
	return nil
}

func isText(password string) bool {
	return utf8.ValidString(password) && !strings.ContainsRune(password, 0)
}
