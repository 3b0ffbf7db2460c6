// Package errtext turns errors into texts for the user. The translations have a sentence for each
// problem's code. The commands and the log use the English texts.
package errtext

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"altv-tray/monitor/problem"
	"altv-tray/tray/lang"
)

// Message returns an error as a sentence in the user's language, with what to do if that is known.
// The sentence follows the problem's place, if any: "settings.toml:12: language: …".
func Message(p *lang.Printer, err error) string {
	place, text := split(p, err)
	if place != "" {
		return place + text
	}
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}

// Inline is Message for use at the end of a sentence: it does not capitalize the first letter.
func Inline(p *lang.Printer, err error) string {
	place, text := split(p, err)
	return place + text
}

// split returns the place of an error, and the sentence of its problem, or of a known system
// error, or the system's own message.
func split(p *lang.Printer, err error) (place, text string) {
	if found, ok := errors.AsType[*problem.Problem](err); ok {
		if found.Code == problem.NotRead || found.Code == problem.NotWritten {
			if text, known := sentence(p, found.Err); known {
				return found.Place(), text // more precise than that the file cannot be read or written
			}
		}
		return found.Place(), Sentence(p, found)
	}
	if file, _ := withoutFile(err); file != "" {
		place = file + ": "
	}
	if text, known := sentence(p, err); known {
		return place, text
	}
	for inner := err; inner != nil; inner = errors.Unwrap(inner) {
		err = inner // without the English texts that wrap it
	}
	return place, p.T("system_error.unknown", "detail", strings.TrimRight(err.Error(), ".!\r\n "))
}

// Sentence returns the sentence of a problem's code, without the place.
func Sentence(p *lang.Printer, found *problem.Problem) string {
	var args []string
	for _, a := range found.Args {
		args = append(args, a.Name, a.Text)
	}
	if _, cause := withoutFile(found.Err); cause != nil {
		args = append(args, "cause", cause.Error()) // an earlier "cause" in args wins
	}
	return p.T("problem."+string(found.Code), args...)
}

// English returns an error's own text, in which it replaces each problem's code by its sentence.
func English(err error) string {
	if found, ok := err.(*problem.Problem); ok { // the loop below handles a wrapped one
		return found.Place() + strings.TrimSuffix(Sentence(lang.English(), found), ".")
	}
	text, wrapped := err.Error(), []error{errors.Unwrap(err)}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		wrapped = joined.Unwrap()
	}
	for _, inner := range wrapped {
		if inner != nil {
			text = strings.Replace(text, inner.Error(), English(inner), 1)
		}
	}
	return text
}
