// Package altcfg reads the settings files of alt:V's client and server.
package altcfg

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/pelletier/go-toml/v2"

	"altv-tray/monitor/problem"
)

// BOM is the byte order mark that Windows editors put at the beginning of a file.
var BOM = []byte("\uFEFF")

// Read reads a settings file, and returns its text, with its BOM, and the values in it.
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

// parse leaves go-toml's words out of its error, as they may quote the password.
func parse(path string, text []byte) (values map[string]any, err error) {
	values = map[string]any{}
	if err = toml.Unmarshal(bytes.TrimPrefix(text, BOM), &values); err == nil {
		return values, nil
	}
	found := problem.New(problem.BrokenTOML).In(path)
	if at, ok := errors.AsType[*toml.DecodeError](err); ok {
		line, _ := at.Position()
		found.At(line)
	}
	return nil, found
}
