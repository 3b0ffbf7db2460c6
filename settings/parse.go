package settings

import (
	"bytes"
	"errors"
	"regexp"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"altv-tray/monitor/problem"
)

// maxFileSize is far more than is needed; go-toml's time grows with the square of the keys.
const maxFileSize = 64 << 10

// Parse reads a settings file's content; file is its name for the errors. Keys that are left
// out have their defaults, in [[profiles]] too, where only name is required. A byte order mark
// and CRLF are accepted. Every error is a *problem.Problem, of one of the mistakes in the file.
func Parse(data []byte, file string) (Settings, error) {
	_, text := cutBOM(data)
	switch {
	case len(text) > maxFileSize:
		return Settings{}, problem.New(problem.FileTooLarge).In(file)
	case bytes.HasPrefix(text, []byte("\xff\xfe")), bytes.HasPrefix(text, []byte("\xfe\xff")):
		return Settings{}, problem.New(problem.UTF16).In(file).At(1)
	}
	values := map[string]any{}
	if err := toml.Unmarshal(text, &values); err != nil {
		return Settings{}, syntaxError(text, file, err)
	}
	s := Default()
	if found := s.fill(values); found != nil {
		return Settings{}, locate(found, file, text)
	}
	return s, nil
}

var byteOrderMark = []byte("\xef\xbb\xbf")

// cutBOM splits off the mark that some Windows editors put first.
func cutBOM(data []byte) (mark, text []byte) {
	if bytes.HasPrefix(data, byteOrderMark) {
		return data[:len(byteOrderMark)], data[len(byteOrderMark):]
	}
	return nil, data
}

// locate adds the file and the line to a problem with a key such as "profiles.0.name". A key
// without a line of its own has that of its table, if there is one.
func locate(p *problem.Problem, file string, text []byte) *problem.Problem {
	lines := linesOf(text)
	for key := p.Key; key != "" && p.Line == 0; key = key[:max(0, strings.LastIndex(key, "."))] {
		if i := slices.IndexFunc(lines, func(l line) bool { return strings.HasPrefix(l.path()+".", key+".") }); i >= 0 {
			p.At(lines[i].number)
		}
	}
	return p.In(file).Of(profileIndex.ReplaceAllString(p.Key, "profiles"))
}

// profileIndex begins a profile's key; the line says which one it is.
var profileIndex = regexp.MustCompile(`^profiles\.\d+`)

var bareKey = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

// dotted joins a key's parts; unusual ones are quoted and cut short.
func dotted(parts ...string) string {
	shown := slices.Clone(parts)
	for i, part := range parts {
		if !bareKey.MatchString(part) {
			shown[i] = quote(part)
		}
	}
	return strings.Join(shown, ".")
}

// syntaxError says what go-toml found wrong. Its messages have no values.
func syntaxError(text []byte, file string, err error) *problem.Problem {
	found := problem.New(problem.NotTOML, problem.Text("detail", strings.TrimPrefix(err.Error(), "toml: "))).In(file)
	at, ok := errors.AsType[*toml.DecodeError](err)
	if !ok {
		return found
	}
	number, _ := at.Position()
	if key := at.Key(); len(key) > 0 {
		// Below a password, a key may be the password itself.
		if i := slices.Index(key, "password"); i >= 0 {
			key = key[:i+1]
		}
		return problem.New(problem.Twice).In(file).At(number).Of(dotted(key...))
	}
	return found.At(number).Of(keyOnLine(text, number))
}

// keyOnLine returns the key on a line, if it is one of the settings'.
func keyOnLine(text []byte, number int) string {
	known := Values(Default())
	for _, l := range linesOf(text) {
		key := profileIndex.ReplaceAllString(l.path(), "profiles.0")
		if _, is := known[key]; l.number == number && (is || key == "profiles") {
			return profileIndex.ReplaceAllString(key, "profiles")
		}
	}
	return ""
}
