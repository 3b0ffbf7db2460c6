package settings

import (
	"errors"
	"slices"
	"strings"
	"unicode"

	"github.com/pelletier/go-toml/v2"

	"altv-tray/monitor/problem"
)

// syntaxError says what go-toml found wrong with a text that is no TOML. Its
// messages name single characters, and keys only where one is given twice.
func syntaxError(text []byte, file string, err error) *problem.Problem {
	var at *toml.DecodeError
	if !errors.As(err, &at) {
		return problem.New(problem.NotTOML, problem.Text("detail", detail(err))).In(file)
	}
	line, _ := at.Position()
	if key := at.Key(); len(key) > 0 {
		// Below a password, a key may be the password itself.
		if i := slices.Index(key, "password"); i >= 0 {
			key = key[:i+1]
		}
		return problem.New(problem.Twice).In(file).At(line).Of(dotted(key))
	}
	return problem.New(problem.NotTOML, problem.Text("detail", detail(err))).In(file).At(line).Of(keyOnLine(text, line))
}

// keyOnLine is the key that a line, counted from 1, gives a value to; empty where
// it is none of the settings', as that may be anything.
func keyOnLine(text []byte, line int) string {
	lines := strings.Split(string(text), "\n")[:line]
	name, _, _ := strings.Cut(lines[line-1], "=")
	name = strings.TrimSpace(name)
	for _, above := range slices.Backward(lines) {
		header, found := strings.CutPrefix(strings.TrimSpace(above), "[")
		if !found {
			continue
		}
		table, _, _ := strings.Cut(strings.TrimPrefix(header, "["), "]")
		if slices.Contains(tables[table].names, name) || table == "profiles" && profileKeys[name] != nil {
			return table + "." + name
		}
		return ""
	}
	if rootKeys[name] != nil {
		return name
	}
	return ""
}

// detail is what go-toml said, on one line.
func detail(err error) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.TrimPrefix(err.Error(), "toml: "))
}
