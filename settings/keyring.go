package settings

import (
	"context"
	"strings"
	"unicode/utf8"

	"altv-tray/monitor/problem"
)

// Keyring keeps the server passwords by profile. No error has a password in its text. All
// methods may be called from any goroutine.
type Keyring interface {
	// Get returns a password, never an empty one. Its errors: ErrNotStored, ErrLocked,
	// ErrNoKeyring, ErrNotText, that of ctx, others.
	Get(ctx context.Context, profile string) (string, error)

	// Set stores the profile's password. Its errors: ErrEmpty, ErrTooLong, ErrNotText,
	// ErrLocked, ErrNoKeyring, that of ctx, others. After ErrLocked or that of ctx it may
	// still be stored, if the user answers the prompt late.
	Set(ctx context.Context, profile, password string) error

	// Clear removes a password. Its errors: ErrNotStored, ErrLocked, ErrNoKeyring, others.
	Clear(ctx context.Context, profile string) error
}

// MaxPassword is the most bytes of a password: Windows' limit, everywhere.
const MaxPassword = 2560

// The errors of a Keyring that a caller decides by, with errors.Is.
var (
	ErrNotStored = problem.New(problem.PasswordNotStored)
	ErrLocked    = problem.New(problem.KeyringLocked)
	ErrNoKeyring = problem.New(problem.NoKeyring)
	ErrTooLong   = problem.New(problem.PasswordTooLong) // it has more than MaxPassword bytes
	ErrNotText   = problem.New(problem.PasswordNotText)
	ErrEmpty     = problem.New(problem.PasswordEmpty)
)

func isText(password string) bool {
	return utf8.ValidString(password) && !strings.ContainsRune(password, 0)
}
