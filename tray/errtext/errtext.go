// Package errtext puts errors into words: the sentence of a problem's code, from the
// translations, after its place. The commands and the log use English.
package errtext

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"altv-tray/monitor/problem"
	"altv-tray/tray/lang"
)

// Message puts an error into the user's language: a sentence, with what to do if that is known.
// The place stands before it: "settings.toml:12: language: …".
func Message(p *lang.Printer, err error) string {
	place, text := inWords(p, err)
	if place != "" {
		return place + text
	}
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}

// Inline is Message for the end of a sentence.
func Inline(p *lang.Printer, err error) string {
	place, text := inWords(p, err)
	return place + text
}

// inWords is a problem's sentence, or one for what the system said, or the system's own words.
func inWords(p *lang.Printer, err error) (place, text string) {
	if found, ok := errors.AsType[*problem.Problem](err); ok {
		if found.Code == problem.NotRead || found.Code == problem.NotWritten {
			if text, known := sentence(p, found.Err); known {
				return found.Place(), text // it says more than that the file cannot be read or written
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
		err = inner // without the English that was put around it
	}
	return place, p.T("system_error.unknown", "detail", strings.TrimRight(err.Error(), ".!\r\n "))
}

// Sentence is that of the problem's code, without its place.
func Sentence(p *lang.Printer, found *problem.Problem) string {
	var args []string
	for _, a := range found.Args {
		text := a.Text
		if a.Word != "" {
			text = p.T("problem." + string(a.Word))
		}
		args = append(args, a.Name, text)
	}
	if _, cause := withoutFile(found.Err); cause != nil {
		args = append(args, "cause", cause.Error()) // unless there is one among them already
	}
	return p.T("problem."+string(found.Code), args...)
}

// English is the error's own text with the sentence of each problem in place of its code.
func English(err error) string {
	if found, ok := err.(*problem.Problem); ok { // and not one that it wraps: see below
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
