// Package errtext puts errors into words: the sentence of a problem's code, from the
// translations, after its place. The commands and the log use English.
package errtext

import (
	"errors"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"altv-tray/monitor/problem"
	"altv-tray/tray/lang"
)

// Tell puts an error into the user's language: a sentence, with what to do if that is known.
// The place stands before it: "settings.toml:12: language: …".
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

// within also reports whether the text begins with a place.
func within(p *lang.Printer, err error) (text string, placed bool) {
	var found *problem.Problem
	if errors.As(err, &found) {
		place := found.Place()
		return place + ofProblem(p, found), place != ""
	}
	if file, _ := withoutFile(err); file != "" {
		return file + ": " + ofSystem(p, err), true
	}
	return ofSystem(p, err), false
}

// ofProblem: what the system did says more than that a file cannot be read or written.
func ofProblem(p *lang.Printer, found *problem.Problem) string {
	switch found.Code {
	case problem.NotRead, problem.NotWritten:
		if text, known := sentence(p, found.Err); known {
			return text
		}
	}
	return Sentence(p, found)
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
	if err == nil {
		return ""
	}
	if found, ok := err.(*problem.Problem); ok { // and not one that it wraps: see below
		return found.Place() + strings.TrimSuffix(Sentence(english(), found), ".")
	}
	text := err.Error()
	for _, inner := range wrapped(err) {
		text = strings.Replace(text, inner.Error(), English(inner), 1)
	}
	return text
}

var english = sync.OnceValue(func() *lang.Printer { return lang.New("en") })

func wrapped(err error) []error {
	switch e := err.(type) {
	case interface{ Unwrap() error }:
		if inner := e.Unwrap(); inner != nil {
			return []error{inner}
		}
	case interface{ Unwrap() []error }:
		return e.Unwrap()
	}
	return nil
}
