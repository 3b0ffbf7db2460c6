// Package problem has the errors that a user can meet: a code, where the problem is, and its
// cause. The sentences are in the translations, and package errtext finds them. Package problem
// imports nothing of the project.
package problem

import (
	"errors"
	"fmt"
	"strings"
)

// Problem is an error with a code. errors.Is compares the code alone.
type Problem struct {
	Code Code
	File string // the file, folder or program at fault, if any
	Line int    // the line at fault, from 1; 0 if there is none
	Key  string // the key at fault, such as "auto_reconnect.attempts", if any
	Args Args   // the values for the sentence's placeholders
	Err  error  // the cause; nil if there is none, or if the file's content is at fault
}

// Args are the values for a sentence's placeholders. Those without a name are not used.
type Args [3]Arg

// Arg is the value for one placeholder, the same in every language.
type Arg struct{ Name, Text string }

// Text returns an Arg.
func Text(name, text string) Arg { return Arg{name, text} }

// New returns a Problem. It panics if there are more than three args.
func New(code Code, args ...Arg) *Problem {
	p := &Problem{Code: code}
	if copy(p.Args[:], args) < len(args) {
		panic(fmt.Sprintf("problem %s has %d args", code, len(args)))
	}
	return p
}

// In sets the file, folder or program at fault.
func (p *Problem) In(file string) *Problem { p.File = file; return p }

// At sets the line at fault, from 1.
func (p *Problem) At(line int) *Problem { p.Line = line; return p }

// Of sets the key at fault.
func (p *Problem) Of(key string) *Problem { p.Key = key; return p }

// Because sets the cause.
func (p *Problem) Because(err error) *Problem { p.Err = err; return p }

// Error returns one line for programmers:
// "settings.toml:12: auto_reconnect.attempts: not_in_range (low 1, high 100, value 0)".
func (p *Problem) Error() string {
	var notes []string
	for _, a := range p.Args {
		if a.Name != "" {
			notes = append(notes, a.Name+" "+a.Text)
		}
	}
	if p.Err != nil {
		notes = append(notes, p.Err.Error())
	}
	text := p.Place() + string(p.Code)
	if len(notes) > 0 {
		text += " (" + strings.Join(notes, ", ") + ")"
	}
	return text
}

// Place returns "settings.toml:12: language: ", or the parts of it that are set.
func (p *Problem) Place() string {
	place := p.File
	if p.Line > 0 {
		place += fmt.Sprintf(":%d", p.Line)
	}
	if p.Key != "" && place != "" {
		place += ": "
	}
	if place += p.Key; place == "" {
		return ""
	}
	return place + ": "
}

// Unwrap returns the cause.
func (p *Problem) Unwrap() error { return p.Err }

// Is reports whether target is a Problem with the same code.
func (p *Problem) Is(target error) bool {
	other, ok := target.(*Problem)
	return ok && other.Code == p.Code
}

// CodeOf returns the code of the first Problem that err wraps, or "".
func CodeOf(err error) Code {
	if p, ok := errors.AsType[*Problem](err); ok {
		return p.Code
	}
	return ""
}
