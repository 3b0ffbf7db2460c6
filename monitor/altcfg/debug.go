package altcfg

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"

	"altv-tray/monitor/problem"
)

var debugLine = regexp.MustCompile(`(?m)^[ \t]*["']?debug["']?[ \t]*=[ \t]*([^\s#\[{][^\s#]*)`)

// WithDebugOn sets debug to true in a settings file's text, whose values are before,
// and leaves every other byte as it is: it changes the value where a line sets one,
// or adds a line at the top. TOML can set it in other ways. These are refused, as is
// a text in which the line turns out to mean something else.
func WithDebugOn(path string, text []byte, before map[string]any) ([]byte, error) {
	body := bytes.TrimPrefix(text, Mark)
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
	after := map[string]any{}
	err := Parse(path, edited, &after)
	before["debug"] = true
	// Not reflect.DeepEqual: to it, a NaN is not equal to itself.
	if err != nil || fmt.Sprintf("%#v", after) != fmt.Sprintf("%#v", before) {
		return nil, problem.New(problem.NoPlaceForDebug).In(path).Of("debug")
	}
	return edited, nil
}
