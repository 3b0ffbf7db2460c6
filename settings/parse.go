package settings

import (
	"bytes"
	"errors"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/pelletier/go-toml/v2"

	"altv-tray/monitor/problem"
)

// maxFileSize is far more than is needed; go-toml's time grows with the square of the keys.
const maxFileSize = 64 << 10

// Parse reads a settings file's content; file is its name for the errors. Keys that are left
// out have their defaults, in [[profiles]] too, where only name is required. A byte order mark
// and CRLF are accepted. Every error is a *problem.Problem, the first one in the file.
func Parse(data []byte, file string) (Settings, error) {
	_, s, err := parse(data, file)
	return s, err
}

// parse returns the TOML's values too.
func parse(data []byte, file string) (map[string]any, Settings, error) {
	_, text := cutMark(data)
	switch {
	case len(text) > maxFileSize:
		return nil, Settings{}, problem.New(problem.FileTooLarge).In(file)
	case bytes.HasPrefix(text, []byte("\xff\xfe")), bytes.HasPrefix(text, []byte("\xfe\xff")):
		return nil, Settings{}, problem.New(problem.UTF16).In(file).At(1)
	}
	values := map[string]any{}
	if err := toml.Unmarshal(text, &values); err != nil {
		return nil, Settings{}, syntaxError(text, file, err)
	}
	s := Default()
	if problems := s.fill(values); len(problems) > 0 {
		return nil, Settings{}, first(problems, text, file)
	}
	return values, s, nil
}

var byteOrderMark = []byte("\xef\xbb\xbf")

// cutMark splits off the mark that some Windows editors put first.
func cutMark(data []byte) (mark, text []byte) {
	if bytes.HasPrefix(data, byteOrderMark) {
		return data[:len(byteOrderMark)], data[len(byteOrderMark):]
	}
	return nil, data
}

// first returns the problem that comes first in the file. One whose key has no line of its own
// gets the line of its table, if there is one.
func first(problems []keyProblem, text []byte, file string) *problem.Problem {
	lines := map[string]int{} // where each key, table and entry comes up first
	for _, e := range entries(text) {
		const deepest = 3 // the parts of settings' longest keys: profiles, 0, name
		parts := strings.SplitN(e.path(), ".", deepest+1)
		for n := range min(len(parts), deepest) {
			path := strings.Join(parts[:n+1], ".")
			if lines[path] == 0 {
				lines[path] = e.number
			}
		}
	}
	lineOf := func(p keyProblem) int {
		for n := len(p.key); n > 0; n-- {
			if line := lines[strings.Join(p.key[:n], ".")]; line > 0 {
				return line
			}
		}
		return math.MaxInt
	}
	found := slices.MinFunc(problems, func(a, b keyProblem) int { return lineOf(a) - lineOf(b) })
	if line := lineOf(found); line < math.MaxInt {
		found.At(line)
	}
	key := found.key
	if len(key) > 1 && key[0] == "profiles" { // the line says which one it is
		key = slices.Delete(key, 1, 2)
	}
	return found.In(file).Of(dotted(key))
}

var bareKey = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

// dotted joins a key's parts; unusual ones are quoted and cut short.
func dotted(parts []string) string {
	shown := slices.Clone(parts)
	for i, part := range parts {
		if !bareKey.MatchString(part) {
			shown[i] = quoted(part)
		}
	}
	return strings.Join(shown, ".")
}

// syntaxError says what go-toml found wrong. Its messages have no values.
func syntaxError(text []byte, file string, err error) *problem.Problem {
	detail := strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.TrimPrefix(err.Error(), "toml: "))
	found := problem.New(problem.NotTOML, problem.Text("detail", detail)).In(file)
	var at *toml.DecodeError
	if !errors.As(err, &at) {
		return found
	}
	line, _ := at.Position()
	if key := at.Key(); len(key) > 0 {
		// Below a password, a key may be the password itself.
		if i := slices.Index(key, "password"); i >= 0 {
			key = key[:i+1]
		}
		return problem.New(problem.Twice).In(file).At(line).Of(dotted(key))
	}
	return found.At(line).Of(keyOnLine(text, line))
}

// keyOnLine returns the key on a line, if it is one of the settings'.
func keyOnLine(text []byte, line int) string {
	var s Settings
	var p Profile
	for _, e := range entries(text) {
		switch {
		case e.number != line || e.name == "":
		case s.readers()[e.table][e.name] != nil:
			return e.path()
		case strings.HasPrefix(e.table, "profiles.") && p.readers()[e.name] != nil:
			return "profiles." + e.name
		}
	}
	return ""
}
