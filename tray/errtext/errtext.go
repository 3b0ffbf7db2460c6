// Package errtext tells errors in the user's language: each ends as a sentence
// and says, as far as that is known, what to do. The commands and the log have
// the errors' own English texts instead.
package errtext

import (
	"errors"
	"unicode"
	"unicode/utf8"

	"altv-tray/monitor/clientfolder"
	"altv-tray/monitor/fault"
	"altv-tray/settings"
	"altv-tray/settings/sessionbus"
	"altv-tray/tray/lang"
)

// sentinels are the errors that are told by what they are, whatever is around
// them.
var sentinels = []struct {
	err error
	key string
}{
	{settings.ErrNotStored, "error.not_stored"},
	{settings.ErrLocked, "error.keyring_locked"},
	{settings.ErrNoKeyring, "error.no_keyring"},
	{settings.ErrTooLong, "error.too_long"},
	{settings.ErrNotText, "error.not_text"},
	{settings.ErrEmpty, "error.empty"},
	{clientfolder.ErrWindowsOnly, "error.windows_only"},
	{sessionbus.ErrNone, "error.no_session_bus"},
}

// Tell tells an error. Files, lines and keys are named in front of it as in its
// own text: "settings.toml:12: language: …".
func Tell(p *lang.Printer, err error) string {
	text, placed := within(p, err)
	if placed {
		return text
	}
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}

// Within is Tell for the end of a sentence.
func Within(p *lang.Printer, err error) string {
	text, _ := within(p, err)
	return text
}

// within tells as well whether the text begins with a place, which stays as it
// is written.
func within(p *lang.Printer, err error) (text string, placed bool) {
	for _, s := range sentinels {
		if errors.Is(err, s.err) {
			return p.T(s.key), true
		}
	}
	var own *settings.Error
	if errors.As(err, &own) {
		return own.Place() + ofSettings(p, own), true
	}
	var found *fault.Error
	if errors.As(err, &found) {
		return found.Place() + p.T("fault."+string(found.Code), found.Args...), found.Place() != ""
	}
	if file := fileOf(err); file != "" {
		return file + ": " + ofSystem(p, err), true
	}
	return ofSystem(p, err), false
}

// ofSettings: where the system is to blame, what it did says more than that the
// file cannot be read.
func ofSettings(p *lang.Printer, e *settings.Error) string {
	if cause := e.Unwrap(); cause != nil {
		if text, known := sentence(p, cause); known {
			return text
		}
	}
	args := make([]string, 0, 2*len(e.Args))
	for _, a := range e.Args {
		text := a.Text
		if a.Code != "" {
			text = p.T("settings_error." + string(a.Code))
		}
		args = append(args, a.Name, text)
	}
	return p.T("settings_error."+string(e.Code), args...)
}
