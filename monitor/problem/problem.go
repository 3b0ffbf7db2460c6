// Package problem says what is wrong: a code, where, and why. The sentences are in the
// translations; package errtext puts them in. It imports nothing of the project.
package problem

import (
	"errors"
	"fmt"
	"strings"
)

// Problem is what is wrong. errors.Is finds it by its code.
type Problem struct {
	Code Code
	File string // or folder or program; empty where none is at fault
	Line int    // counted from 1; 0 where no line is at fault
	Key  string // such as "auto_reconnect.attempts"; empty where no key is at fault
	Args Args   // what the sentence is filled in with
	Err  error  // the cause; nil where there is none, or the file's content is at fault
}

// Args fill in a sentence. Those without a name are not used.
type Args [3]Arg

// Arg fills in one placeholder of a sentence.
type Arg struct {
	Name string
	Text string
	Word Code // of Text in the translations; empty where Text is the same in every language
}

// Text is an Arg that is the same in every language.
func Text(name, text string) Arg { return Arg{Name: name, Text: text} }

// New makes a Problem. More than three args are a mistake of the caller's.
func New(code Code, args ...Arg) *Problem {
	p := &Problem{Code: code}
	if copy(p.Args[:], args) < len(args) {
		panic(fmt.Sprintf("problem %s has %d args", code, len(args)))
	}
	return p
}

// In names the file, folder or program at fault.
func (p *Problem) In(file string) *Problem { p.File = file; return p }

// At names the line at fault, counted from 1.
func (p *Problem) At(line int) *Problem { p.Line = line; return p }

// Of names the key at fault.
func (p *Problem) Of(key string) *Problem { p.Key = key; return p }

// Because adds the cause.
func (p *Problem) Because(err error) *Problem { p.Err = err; return p }

// Error returns one line for programmers:
// "settings.toml:12: auto_reconnect.attempts: not_in_range (low 1, high 100, value 0)".
func (p *Problem) Error() string {
	var notes []string
	for _, a := range p.Args {
		if a.Name != "" {
			notes = append(notes, a.Name+" "+a.Text+string(a.Word))
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

// Place is "settings.toml:12: language: ", or as much of it as there is.
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

// Unwrap returns the cause, if there is one.
func (p *Problem) Unwrap() error { return p.Err }

// Is finds a Problem of the same code, wherever that is.
func (p *Problem) Is(target error) bool {
	other, ok := target.(*Problem)
	return ok && other.Code == p.Code
}

// CodeOf returns the code of the first Problem that err wraps, or none.
func CodeOf(err error) Code {
	if p, ok := errors.AsType[*Problem](err); ok {
		return p.Code
	}
	return ""
}
