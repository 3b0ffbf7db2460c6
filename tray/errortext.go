package tray

import (
	"errors"

	"altv-tray/settings"
	"altv-tray/tray/lang"
)

// errorTexts are the errors that a user of the menu meets, with what is said of
// them in his language.
var errorTexts = []struct {
	err error
	key string
}{
	{settings.ErrNotStored, "error.not_stored"},
	{settings.ErrLocked, "error.keyring_locked"},
	{settings.ErrNoKeyring, "error.no_keyring"},
	{settings.ErrTooLong, "error.too_long"},
	{settings.ErrNotText, "error.not_text"},
	{settings.ErrEmpty, "error.empty"},
	{errNoClient, "error.no_client"},
	{errNoServerPassword, "error.no_server_password"},
	{errNoDialogs, "error.no_dialog"},
	{errors.ErrUnsupported, "error.windows_only"},
}

// errorText tells an error. One that is not of the list comes from the system
// or from a file, and is told as it is.
func errorText(t *lang.Printer, err error) string {
	for _, e := range errorTexts {
		if errors.Is(err, e.err) {
			return t.T(e.key)
		}
	}
	return err.Error()
}
