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

// Mark is the byte order mark that Windows editors put at the beginning of a file.
var Mark = []byte("\uFEFF")

// Read reads a settings file into a map or a struct and returns its text, with its Mark.
func Read(path string, into any) ([]byte, error) {
	file, err := Open(path)
	if err != nil {
		return nil, fmt.Errorf("reading alt:V's settings: %w", err)
	}
	defer file.Close()
	text, err := io.ReadAll(file)
	if err != nil {
		return nil, fmt.Errorf("reading alt:V's settings: %w", err)
	}
	return text, Parse(path, text, into)
}

// Parse is Read for a text. The error leaves out go-toml's words, which may quote the password.
func Parse(path string, text []byte, into any) error {
	err := toml.Unmarshal(bytes.TrimPrefix(text, Mark), into)
	if err == nil {
		return nil
	}
	found := problem.New(problem.BrokenTOML).In(path)
	if at, ok := errors.AsType[*toml.DecodeError](err); ok {
		line, _ := at.Position()
		found.At(line)
	}
	return found
}
