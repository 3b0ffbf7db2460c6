package altcfg

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"slices"

	"altv-tray/monitor/atomicfile"
	"altv-tray/monitor/problem"
)

var debugLine = regexp.MustCompile(`(?m)^[ \t]*["']?debug["']?[ \t]*=[ \t]*([^\s#\[{][^\s#]*)`)

// SwitchDebugOn sets debug to true in a settings file, in one step. Every other byte, the
// mode and the owner stay, so it keeps no copy of the old file, which would have the
// server's password too. With an error, or where debug is true already, nothing has changed.
//
// It has no time limit: with one it could report that nothing has changed, and change it
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
	err = atomicfile.Rewrite(file, edited)
	switch {
	case errors.Is(err, atomicfile.ErrReadOnly):
		return problem.New(problem.ClientReadOnly).In(file)
	case err != nil:
		return fmt.Errorf("switching debug mode on: %w", err)
	}
	return nil
}

// withDebugOn changes the value on the line that sets one, or adds a line at the top. It
// refuses a text that sets debug in another way. The text's values are before.
func withDebugOn(path string, text []byte, before map[string]any) ([]byte, error) {
	body := bytes.TrimPrefix(text, BOM)
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
	// Not reflect.DeepEqual: to it, a NaN is not equal to itself.
	if err != nil || fmt.Sprintf("%#v", after) != fmt.Sprintf("%#v", before) {
		return nil, problem.New(problem.NoPlaceForDebug).In(path).Of("debug")
	}
	return edited, nil
}
