// Package altcfg reads the settings files of alt:V's client and server.
package altcfg

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"

	"github.com/pelletier/go-toml/v2"

	"altv-tray/monitor/problem"
)

// MaxSize is the most bytes that a settings file may have. go-toml's time grows with the
// square of the number of keys: as many as fit in here take a few seconds.
const MaxSize = 128 << 10

// Mark is the byte order mark that Windows editors put at the beginning of a file.
var Mark = []byte("\uFEFF")

// Read reads a settings file into a map or a struct and returns its text, with its Mark.
func Read(path string, into any) ([]byte, error) {
	file, err := Open(path)
	if err != nil {
		return nil, fmt.Errorf("reading alt:V's settings: %w", err)
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, MaxSize+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("reading alt:V's settings: %w", err)
	case len(text) > MaxSize:
		return nil, problem.New(problem.TooLarge).In(path)
	}
	return text, Parse(path, text, into)
}

// plainKey is a key that an error may name. One in quotes could be anything.
var plainKey = regexp.MustCompile(`^[A-Za-z0-9_-]{1,40}$`)

// Parse is Read for a text. The error leaves out go-toml's words, which may quote the password.
func Parse(path string, text []byte, into any) error {
	err := toml.Unmarshal(bytes.TrimPrefix(text, Mark), into)
	var at *toml.DecodeError
	switch {
	case err == nil:
		return nil
	case !errors.As(err, &at):
		return problem.New(problem.BrokenTOML).In(path)
	}
	line, _ := at.Position()
	key := at.Key()
	if len(key) == 0 {
		return problem.New(problem.BrokenTOML).In(path).At(line)
	}
	name := key[len(key)-1]
	if !plainKey.MatchString(name) {
		name = `"…"`
	}
	return problem.New(problem.TwiceOrWrong).In(path).At(line).Of(name)
}
