// Package altcfg reads the settings files of alt:V's client and server, and switches debug mode
// on in them.
package altcfg

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"

	"github.com/pelletier/go-toml/v2"

	"altv-tray/monitor/atomicfile"
	"altv-tray/monitor/problem"
)

// bom is the byte order mark that Windows editors put at the beginning of a file.
var bom = []byte("\uFEFF")

// Read reads a settings file. It returns the text, with the byte order mark, and its values.
func Read(path string) (text []byte, values map[string]any, err error) {
	file, err := Open(path)
	if err == nil {
		defer file.Close()
		text, err = io.ReadAll(file)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("reading alt:V's settings: %w", err)
	}
	values, err = parse(path, text)
	return text, values, err
}

// parse leaves go-toml's message out of its error, as it may quote the password.
func parse(path string, text []byte) (values map[string]any, err error) {
	values = map[string]any{}
	if err = toml.Unmarshal(bytes.TrimPrefix(text, bom), &values); err == nil {
		return values, nil
	}
	found := problem.New(problem.BrokenTOML).In(path)
	if at, ok := errors.AsType[*toml.DecodeError](err); ok {
		line, _ := at.Position()
		found.At(line)
	}
	return nil, found
}

var debugLine = regexp.MustCompile(`(?m)^[ \t]*["']?debug["']?[ \t]*=[ \t]*([^\s#\[{][^\s#]*)`)

// SwitchDebugOn sets debug to true in a settings file, in one step. Every other byte, the mode
// and the owner stay. It makes no backup, which would have the server's password too. If it
// returns an error, or debug is true already, the file is unchanged.
//
// It has no time limit: after one it could report that the file is unchanged, and change it
// later.
func SwitchDebugOn(file string) error {
	text, before, err := Read(file)
	if err != nil || before["debug"] == true {
		return err
	}
	edited, err := withDebugOn(file, text, before)
	if err != nil {
		return err
	}
	if err := atomicfile.Rewrite(file, edited); err != nil {
		return fmt.Errorf("switching debug mode on: %w", err)
	}
	return nil
}

// withDebugOn changes the value on the line that sets debug, or adds a line at the top. It
// refuses a text that sets debug in another way. Before has the values of the text.
func withDebugOn(path string, text []byte, before map[string]any) ([]byte, error) {
	body := bytes.TrimPrefix(text, bom)
	start, end, value := 0, 0, "debug = true\n"
	if bytes.Contains(body, []byte("\r\n")) {
		value = "debug = true\r\n"
	}
	if _, exists := before["debug"]; exists {
		if at := debugLine.FindSubmatchIndex(body); at != nil {
			start, end, value = at[2], at[3], "true"
		}
	}
	edited := slices.Concat(text[:len(text)-len(body)], body[:start], []byte(value), body[end:])
	after, err := parse(path, edited)
	before["debug"] = true
	// This does not use reflect.DeepEqual, for which a NaN differs from itself.
	if err != nil || fmt.Sprintf("%#v", after) != fmt.Sprintf("%#v", before) {
		return nil, problem.New(problem.NoPlaceForDebug).In(path).Of("debug")
	}
	return edited, nil
}
