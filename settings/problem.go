package settings

import (
	"fmt"
	"strings"
)

// Error is why a settings file cannot be used, and where in it. It never quotes
// what stands under a key called password, as some will write the password
// itself there.
type Error struct {
	File         string // as it was given to Parse or Open
	Line, Column int    // counted from 1; 0 where no place in the file is at fault
	Key          string // such as "auto_reconnect.attempts" or "profiles.ready"; empty where no key is at fault
	Problem      string // what is wrong and what to do, in English
	Code         Code   // the same for other languages; Args fill in its text
	Args         []Arg
	err          error
}

// Error returns one line, such as
// "settings.toml:12: auto_reconnect.attempts: must be 1 to 100, is 0".
func (e *Error) Error() string { return e.Place() + e.Problem }

// Place is where the problem is, in front of what is told of it:
// "settings.toml:12: language: ".
func (e *Error) Place() string {
	var text strings.Builder
	text.WriteString(e.File)
	if e.Line > 0 {
		fmt.Fprintf(&text, ":%d", e.Line)
	}
	if e.Key != "" {
		text.WriteString(": " + e.Key)
	}
	text.WriteString(": ")
	return text.String()
}

// Unwrap returns the cause, nil where the file's content itself is at fault.
func (e *Error) Unwrap() error { return e.err }
