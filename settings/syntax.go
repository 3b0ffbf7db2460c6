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
func syntaxError(file string, err error) *problem.Problem {
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
	return problem.New(problem.NotTOML, problem.Text("detail", detail(err))).In(file).At(line)
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
