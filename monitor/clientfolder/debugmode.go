package clientfolder

import (
	"bytes"
	"fmt"
	"os"
	"regexp"
	"slices"
	"time"

	"altv-tray/monitor/altcfg"
	"altv-tray/monitor/atomicfile"
	"altv-tray/monitor/problem"
)

// SwitchDebugOn sets debug to true in the client's settings and leaves every
// other byte as it is. It keeps the old file beside the new one and returns its
// path; where debug is on already it does nothing and returns "". With an error
// nothing has changed. A running client reads its settings at its next start only,
// and the game server needs debug mode as well.
//
// It waits for a folder that stops answering in the middle: with a limit, it could
// say that nothing has changed and change it later.
func SwitchDebugOn(dir string) (backup string, err error) {
	config, err := ReadConfig(dir)
	if err != nil || config.Debug {
		return "", err
	}
	before := map[string]any{}
	text, err := altcfg.Read(config.File, &before)
	if err != nil {
		return "", err
	}
	edited, err := withDebugOn(config.File, text, before)
	if err != nil {
		return "", err
	}
	info, err := os.Stat(config.File)
	if err != nil {
		return "", fmt.Errorf("switching debug mode on: %w", err)
	}
	// A rename would get past this on some systems, but the owner wants it so.
	if info.Mode().Perm()&0o200 == 0 {
		return "", problem.New(problem.ClientReadOnly).In(config.File)
	}
	backup = config.File + ".bak-" + time.Now().Format("20060102-150405")
	if err := atomicfile.Write(backup, text, info.Mode().Perm()); err != nil {
		return "", fmt.Errorf("switching debug mode on: %w", err)
	}
	if err := atomicfile.Write(config.File, edited, info.Mode().Perm()); err != nil {
		os.Remove(backup)
		return "", fmt.Errorf("switching debug mode on: %w", err)
	}
	return backup, nil
}

var debugLine = regexp.MustCompile(`(?m)^[ \t]*["']?debug["']?[ \t]*=[ \t]*([^\s#\[{][^\s#]*)`)

// withDebugOn changes the value where a line sets one, or adds a line at the top.
// TOML can set it in other ways. These are refused, as is a text in which the line
// turns out to mean something else.
func withDebugOn(path string, text []byte, before map[string]any) ([]byte, error) {
	body := bytes.TrimPrefix(text, altcfg.Mark)
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
	err := altcfg.Parse(path, edited, &after)
	before["debug"] = true
	// Not reflect.DeepEqual: to it, a NaN is not equal to itself.
	if err != nil || fmt.Sprintf("%#v", after) != fmt.Sprintf("%#v", before) {
		return nil, problem.New(problem.NoPlaceForDebug).In(path).Of("debug")
	}
	return edited, nil
}
