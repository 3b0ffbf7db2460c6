package settings

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"
)

// syntaxError tells what go-toml says of a text that is no TOML. It names a
// single character or a key of the text, and a value only where a key wants a
// number, true or false.
func syntaxError(text []byte, file string, err error) *Error {
	var at *toml.DecodeError
	if !errors.As(err, &at) {
		return notTOML(err.Error()).at(file).because(err)
	}
	line, column := at.Position()
	offset := offsetAt(text, line, column)
	pair := pairAt(text, offset)
	var found *problem
	switch {
	case !utf8.Valid(text):
		found = wrong(NotUTF8)
	case len(at.Key()) > 0: // the message repeats the key, whatever is in it
		found = wrong(Twice)
		if pair.key == nil { // a header, which has all of its key
			pair.key = upToPassword(at.Key())
		}
	default:
		found = pair.advice(syntaxProblem(err.Error(), runeAt(text, offset)))
	}
	e := found.at(file).because(err)
	e.Line, e.Column, e.Key = line, column, dotted(pair.key)
	return e
}

// syntaxProblem goes by go-toml's own words, which the tests hold to the version
// in use; char is the character at fault, 0 at the end of the text.
func syntaxProblem(message string, char rune) *problem {
	says := func(words ...string) bool {
		for _, w := range words {
			if strings.Contains(message, w) {
				return true
			}
		}
		return false
	}
	switch {
	case says("escape", `need a character after \`):
		return wrong(BadEscape)
	case says("expected value, not end of input"),
		says("at start of value") && (char == 0 || strings.ContainsRune("\r\n#}", char)):
		return wrong(NoValue)
	case says("strings must be quoted", "expected keyword"), says("at start of value") && unicode.IsLetter(char):
		return wrong(NoQuotes)
	case says("at start of value", "at start of key"):
		return wrong(BadChar, arg("char", character(char)))
	case says("expected newline but got"):
		return wrong(LineGoesOn, arg("char", character(char)))
	case says("unterminated", "cannot have new lines", "not terminated by"):
		return wrong(QuoteOpen)
	case says("control characters"):
		return wrong(Control)
	case says("expected '=' after key"):
		return wrong(NoEquals)
	case says("to close table name"):
		return wrong(NoBracket, arg("bracket", "]"))
	case says("to close array table name"):
		return wrong(NoBracket, arg("bracket", "]]"))
	case says("array is incomplete", "after array value"):
		return wrong(NoComma, arg("bracket", "]"))
	case says("inline table is incomplete", "after inline table key-value"):
		return wrong(NoComma, arg("bracket", "}"))
	}
	return notTOML(message)
}

func notTOML(message string) *problem {
	message = codePoint.ReplaceAllString(strings.TrimPrefix(message, "toml: "), "$1")
	return wrong(NotTOML, arg("detail", message))
}

// codePoint is how go-toml names a character that can be shown as well.
var codePoint = regexp.MustCompile(`U\+[0-9A-F]{4,6} ('.')`)

// offsetAt is a place as go-toml counts it: from 1, columns in bytes.
func offsetAt(text []byte, line, column int) int {
	start := 0
	for ; line > 1; line-- {
		start += bytes.IndexByte(text[start:], '\n') + 1
	}
	return max(0, min(start+column-1, len(text)))
}

// runeAt gives 0 at the end of the text.
func runeAt(text []byte, offset int) rune {
	if offset == len(text) {
		return 0
	}
	r, _ := utf8.DecodeRune(text[offset:])
	return r
}

// character shows one that is at fault; what cannot be seen has its number.
func character(r rune) string {
	switch {
	case r == '\'':
		return `"'"`
	case unicode.IsPrint(r):
		return "'" + string(r) + "'"
	}
	return fmt.Sprintf("%U", r)
}
