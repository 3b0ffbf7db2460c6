package settings

import (
	"maps"
	"slices"
	"strings"
)

// Code names what is wrong, or what stands in the file in place of a plain
// value, with a word that stays the same in every language. Who tells it in
// another one than English goes by it.
type Code string

// What can be wrong.
const (
	TooLarge    Code = "too_large"
	TooManyKeys Code = "too_many_keys"
	UTF16       Code = "utf16"
	NotUTF8     Code = "not_utf8"

	NoValue    Code = "no_value"
	NoQuotes   Code = "no_quotes"
	QuoteOpen  Code = "quote_open"
	BadEscape  Code = "bad_escape"
	BadChar    Code = "bad_char"
	LineGoesOn Code = "line_goes_on"
	NoEquals   Code = "no_equals"
	NoBracket  Code = "no_bracket"
	NoComma    Code = "no_comma"
	Twice      Code = "twice"
	NotTOML    Code = "not_toml"

	UnknownKey Code = "unknown_key"
	NotTable   Code = "not_table"
	NotEntries Code = "not_entries"
	NotBool    Code = "not_bool"
	NotText    Code = "not_text"
	NotInRange Code = "not_in_range"
	NotOneOf   Code = "not_one_of"
	NotTime    Code = "not_time"
	NotAddress Code = "not_address"
	NotSource  Code = "not_source"
	Control    Code = "control"
	PathEscape Code = "path_escape"

	NameMissing Code = "name_missing"
	NameEmpty   Code = "name_empty"
	NameLong    Code = "name_long"
	NameTaken   Code = "name_taken"
	NotLocal    Code = "not_local"
	NoProfile   Code = "no_profile"
	NoOverride  Code = "no_override"

	NotSchema     Code = "not_schema"
	NewerSchema   Code = "newer_schema"
	NotMigratable Code = "not_migratable"

	NotRead    Code = "not_read"
	NotOpened  Code = "not_opened"
	NotWritten Code = "not_written"
	ReadOnly   Code = "read_only"
	LinkCircle Code = "link_circle"
	IsFolder   Code = "is_folder"
	NotRegular Code = "not_regular"
	NoPlace    Code = "no_place"
)

// What a value can be, where it is no plain one. They are words within a text.
const (
	aTable  Code = "a_table"
	anArray Code = "an_array"
	aDate   Code = "a_date"
	nothing Code = "nothing"
)

const (
	windowsPath = `put a Windows path in single quotes, like 'C:\altv\server'`
	anotherFile = "choose another one with --settings, or delete it to begin anew"
)

// english is what Error tells: what is wrong and what to do. The names in
// braces are those of an Arg.
var english = map[Code]string{
	TooLarge:    "is larger than 1 MiB, so it is hardly a settings file: " + anotherFile,
	TooManyKeys: "has more than {most} keys, so it is hardly a settings file: " + anotherFile,
	UTF16:       "is saved as UTF-16: save it as UTF-8",
	NotUTF8:     "is not UTF-8: save the file as UTF-8",

	NoValue:    "a value is missing here: write one after the = sign",
	NoQuotes:   "what is neither a number nor true or false must stand in quotes: put them around it",
	QuoteOpen:  "the closing quote is missing: add it",
	BadEscape:  `a \ in double quotes does not stand for itself: ` + windowsPath,
	BadChar:    "the character {char} cannot stand here: correct this line",
	LineGoesOn: "the line should end before the character {char}: correct this line",
	NoEquals:   "there is no = sign after the key: correct this line",
	NoBracket:  "the closing {bracket} is missing: add it",
	NoComma:    "a comma or the closing {bracket} is missing: add it",
	Twice:      "is there already: remove one of the two",
	NotTOML:    "is not valid TOML here ({detail}): correct this line",

	UnknownKey: "is not a known key here: correct or remove it (known: {known})",
	NotTable:   "must be a table, begun by a line [{table}]",
	NotEntries: "must be entries that each begin with a line [[profiles]]",
	NotBool:    "must be true or false, is {value}",
	NotText:    "must be a text in quotes, is {value}",
	NotInRange: "must be {low} to {high}, is {value}",
	NotOneOf:   "must be {some} or {last}, is {value}",
	NotTime:    `must be a duration in quotes such as "500ms", "10s" or "3m", is {value}`,
	NotAddress: `must be an address and a port such as "127.0.0.1:7788", is {value}`,
	NotSource:  `must be "keyring" or "none": a password does not belong in this file, store it with "altv-tray password set"`,
	Control:    "has a control character in it: remove it",
	PathEscape: "has a control character in it: " + windowsPath,

	NameMissing: "is missing: give this entry a name",
	NameEmpty:   "is empty: give this entry a name",
	NameLong:    "is longer than {most} characters: shorten it",
	NameTaken:   "is {name}, as another profile is ({other}): give each a name of its own, different in more than upper and lower case",
	NotLocal:    "{address} is not this machine, and the server's password would be sent there: use 127.0.0.1:9223, or set client.allow_remote = true",
	NoProfile:   "there is no profile named {name}: set it to the name of one of the [[profiles]]",
	NoOverride:  "there is no profile named {name}, which --profile asks for: choose one of these: {known}",

	NotSchema:     "must be {newest}, is {value}",
	NewerSchema:   "was made by a newer altv-tray (schema {schema}, this one knows {newest}): update altv-tray, or use another file with --settings",
	NotMigratable: "cannot be brought from schema {from} to {to} ({detail}): correct it, or begin with a new file",

	NotRead:    "cannot be read ({cause}): make sure you are allowed to read it",
	NotOpened:  "cannot be opened ({cause}): make sure you are allowed to read it",
	ReadOnly:   "is read-only: make it writable first",
	NotWritten: "cannot be written ({cause}): make sure you are allowed to write it and its folder",
	LinkCircle: "cannot be written, as its symbolic links lead round in a circle: delete them",
	IsFolder:   "is a folder where a file should be: move it away",
	NotRegular: "is not a regular file: move it away",
	NoPlace:    "the place for it was not found: change it in an editor",

	aTable:  "a table",
	anArray: "an array",
	aDate:   "a date or time",
	nothing: "missing",
}

// Codes are all that there are, with their English texts, for who has to have
// texts for them in other languages.
func Codes() map[Code]string { return maps.Clone(english) }

// IsWord tells a Code of a value, which stands within a text, from one of a
// problem.
func (c Code) IsWord() bool { return slices.Contains([]Code{aTable, anArray, aDate, nothing}, c) }

// Arg fills in one placeholder of a problem's text.
type Arg struct {
	Name string
	Text string // in English
	Code Code   // of Text; empty where Text is the same in every language
}

func arg(name, text string) Arg { return Arg{Name: name, Text: text} }

// problem is what is wrong, wherever that is.
type problem struct {
	code Code
	args []Arg
}

func wrong(code Code, args ...Arg) *problem { return &problem{code, args} }

func (p *problem) String() string {
	pairs := make([]string, 0, 2*len(p.args))
	for _, a := range p.args {
		pairs = append(pairs, "{"+a.Name+"}", a.Text)
	}
	return strings.NewReplacer(pairs...).Replace(english[p.code])
}

// at makes an Error of it.
func (p *problem) at(file string) *Error {
	return &Error{File: file, Problem: p.String(), Code: p.code, Args: p.args}
}

// because adds a cause.
func (e *Error) because(err error) *Error {
	e.err = err
	return e
}
