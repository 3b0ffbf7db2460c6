package tray

import (
	"errors"

	"altv-tray/tray/errtext"
	"altv-tray/tray/lang"
)

// errorTexts are the menu's own errors, with what is said of them in the user's
// language.
var errorTexts = []struct {
	err error
	key string
}{
	{errNoClient, "error.no_client"},
	{errNoServerPassword, "error.no_server_password"},
	{errNoDialogs, "error.no_dialog"},
}

// errorText tells an error to the user.
func errorText(t *lang.Printer, err error) string {
	for _, e := range errorTexts {
		if errors.Is(err, e.err) {
			return t.T(e.key)
		}
	}
	return errtext.Tell(t, err)
}
