package action

import (
	"errors"

	"altv-tray/tray/errtext"
	"altv-tray/tray/lang"
)

// errorTexts are the errors of this package, with what is said of them in the user's
// language.
var errorTexts = []struct {
	err error
	key string
}{
	{errNoClient, "error.no_client"},
	{errNoServerPassword, "error.no_server_password"},
	{errNoDialogs, "error.no_dialog"},
}

// ErrorText is what the user reads of an error.
func ErrorText(t *lang.Printer, err error) string {
	for _, e := range errorTexts {
		if errors.Is(err, e.err) {
			return t.T(e.key)
		}
	}
	return errtext.Tell(t, err)
}
