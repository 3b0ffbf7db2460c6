// Package fault holds errors about a file or folder that a user can mend: each
// says in English what is wrong and what to do, and has a code by which it can
// be told in his language. Faults of altv-tray's own settings are not among
// them: those are settings.Error.
package fault

import (
	"errors"
	"fmt"
	"maps"
	"strings"
)

// Code names what is wrong.
type Code string

// What can be wrong with the settings of alt:V's client and server.
const (
	NoClientFile Code = "no_client_file"
	TooLarge     Code = "too_large"
	TooManyKeys  Code = "too_many_keys"
	NotTOML      Code = "not_toml"
	WrongValue   Code = "wrong_value"
	Twice        Code = "twice"
	NoPort       Code = "no_port"
	FolderSilent Code = "folder_silent"

	// Where debug mode is to be switched on.
	NotSingle  Code = "not_single"
	NoPlace    Code = "no_place"
	ReadOnly   Code = "read_only"
	Changed    Code = "changed"
	InUse      Code = "in_use"
	ManyCopies Code = "many_copies"
)

// What can be wrong where a program is to be started, now or at login.
const (
	BadAddress  Code = "bad_address"
	Declined    Code = "declined"
	ProgramGone Code = "program_gone"
	NoProgram   Code = "no_program"
	PathSigns   Code = "path_signs"
	PathNotText Code = "path_not_text"
	PathLong    Code = "path_long"
	NoHome      Code = "no_home"
)

// What can be wrong with the file by which the running app is found.
const (
	NotPlain     Code = "not_plain"
	OthersRead   Code = "others_read"
	OthersOwn    Code = "others_own"
	Unreadable   Code = "unreadable"
	ElsewhereApp Code = "elsewhere_app"
)

const (
	ownFile = ": delete it and start altv-tray again"
	byHand  = "set it to true in an editor"
)

// english has names in braces for what is filled in.
var english = map[Code]string{
	NoClientFile: "has no altv.toml: start alt:V once, which makes it",
	TooLarge:     "is larger than 1 MiB, so it is hardly a settings file of alt:V: see whether it is the right one",
	TooManyKeys:  "has more than {most} keys, so it is hardly a settings file of alt:V: see whether it is the right one",
	NotTOML:      "is not valid TOML here: correct this line",
	WrongValue:   "the value is not valid or of the wrong type: correct it",
	Twice:        "is there twice, or its value is not valid: correct it",
	NoPort:       "{value} is not a port: use 1 to 65535",
	FolderSilent: "does not answer: see whether its drive, its network or WSL is there",

	NotSingle:  "is not a single value: " + byHand,
	NoPlace:    "the place for it was not found: " + byHand,
	ReadOnly:   "is read-only: allow changes to it, or set debug = true in it yourself",
	Changed:    "was changed by another program at the same moment: try again",
	InUse:      "cannot be replaced: if alt:V or an editor has it open, close that and try again",
	ManyCopies: "has {most} copies from the same second: delete some and try again",

	BadAddress:  "the server's address must be host:port, such as 127.0.0.1:7788, and nothing else: correct it",
	Declined:    "Windows asked for permission and it was declined: try again and allow it",
	ProgramGone: "is not there any more: install altv-tray again",
	NoProgram:   "is not a program: install altv-tray again",
	PathSigns:   "desktops do not start a program with = or % in its path at login: move it elsewhere",
	PathNotText: "is not UTF-8 text, which a .desktop file cannot hold: rename it",
	PathLong:    "the command is {length} characters long and Windows takes {most} at most: move the program to a shorter path",
	NoHome:      "HOME is not an absolute path: correct it",

	NotPlain:     "is not a plain file, so it is not to be trusted" + ownFile,
	OthersRead:   "others can read it, so it is not to be trusted" + ownFile,
	OthersOwn:    "belongs to somebody else, so it is not to be trusted" + ownFile,
	Unreadable:   "is broken" + ownFile,
	ElsewhereApp: "names an address that is not on this machine" + ownFile,
}

// Codes are all that there are, with their English texts, for who has to have
// texts for them in other languages.
func Codes() map[Code]string { return maps.Clone(english) }

// Error is a fault. Of what the file holds it tells only what its Args have.
type Error struct {
	File string   // or folder; empty where none is at fault
	Line int      // counted from 1; 0 where no line is at fault
	Key  string   // empty where no key is at fault
	Code Code     // what is wrong
	Args []string // pairs of a name and what is filled in for it
	err  error
	said string
}

// New makes an Error of a file. Args are pairs of a name in the text and what
// stands for it.
func New(code Code, file string, args ...string) *Error {
	return &Error{File: file, Code: code, Args: args}
}

// At gives it a line, counted from 1.
func (e *Error) At(line int) *Error { e.Line = line; return e }

// Of gives it a key.
func (e *Error) Of(key string) *Error { e.Key = key; return e }

// In puts a *fault.Error that err wraps into a file, at a line. Any other error
// stays as it is.
func In(err error, file string, line int) error {
	var e *Error
	if !errors.As(err, &e) {
		return err
	}
	e.File = file
	return e.At(line)
}

// Because gives it a cause, for errors.Is and errors.As; its text is not told.
func (e *Error) Because(err error) *Error { e.err = err; return e }

// Saying adds what the system or a parser said, in English. Error alone tells
// it.
func (e *Error) Saying(text string) *Error { e.said = text; return e }

// Error returns one line, such as "altv.toml:3: is not valid TOML here: correct
// this line".
func (e *Error) Error() string {
	text := e.Place() + e.problem()
	if e.said != "" {
		text += " (" + e.said + ")"
	}
	return text
}

// Place is where the fault is, in front of what is told of it: "altv.toml:3: ",
// or nothing where it is nowhere.
func (e *Error) Place() string {
	place := e.File
	if e.Line > 0 {
		place += fmt.Sprintf(":%d", e.Line)
	}
	if e.Key != "" {
		place += ": " + e.Key
	}
	if place == "" {
		return ""
	}
	return place + ": "
}

func (e *Error) problem() string {
	pairs := make([]string, len(e.Args))
	for i, text := range e.Args {
		if i%2 == 0 {
			text = "{" + text + "}"
		}
		pairs[i] = text
	}
	return strings.NewReplacer(pairs...).Replace(english[e.Code])
}

// Unwrap returns the cause, if there is one.
func (e *Error) Unwrap() error { return e.err }
