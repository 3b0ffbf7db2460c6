package altcfg

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"time"

	"altv-tray/monitor/atomicfile"
	"altv-tray/monitor/problem"
)

var debugLine = regexp.MustCompile(`(?m)^[ \t]*["']?debug["']?[ \t]*=[ \t]*([^\s#\[{][^\s#]*)`)

// SwitchDebugOn sets debug to true in a settings file and leaves every other byte as it
// is. With backup it keeps the old file beside it and returns that one's path. With an
// error nothing has changed.
func SwitchDebugOn(file string, backup bool) (old string, err error) {
	before := map[string]any{}
	text, err := Read(file, &before)
	if err != nil {
		return "", err
	}
	edited, err := WithDebugOn(file, text, before)
	if err != nil {
		return "", err
	}
	path, err := filepath.EvalSymlinks(file) // a link stays one
	if err != nil {
		return "", fmt.Errorf("switching debug mode on: %w", err)
	}
	info, err := os.Stat(path)
	if err != nil {
		return "", fmt.Errorf("switching debug mode on: %w", err)
	}
	mode := info.Mode().Perm()
	// A rename would get past this on some systems, but the owner wants it so.
	if mode&0o200 == 0 {
		return "", problem.New(problem.ClientReadOnly).In(file)
	}
	if backup {
		old = path + ".bak-" + time.Now().Format("20060102-150405")
		err = atomicfile.Write(old, text, mode)
	}
	if err == nil {
		err = atomicfile.Write(path, edited, mode)
	}
	if err != nil {
		os.Remove(old)
		return "", fmt.Errorf("switching debug mode on: %w", err)
	}
	return old, nil
}

// WithDebugOn changes the value on the line that sets one, or adds a line at the top. It
// refuses a text that sets debug in another way. The text's values are before.
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
