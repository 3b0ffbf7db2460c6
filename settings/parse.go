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

// maxFileSize is far more than settings need. go-toml's time grows with the square of the keys.
const maxFileSize = 64 << 10

// Parse parses the content of a settings file. file is its name for the errors. Missing keys
// have their defaults, in [[profiles]] too, where only name is required. A byte order mark and
// CRLF are accepted. The error is a *problem.Problem of one of the mistakes.
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

// cutBOM splits off the byte order mark that some Windows editors write.
func cutBOM(data []byte) (mark, text []byte) {
	if bytes.HasPrefix(data, byteOrderMark) {
		return data[:len(byteOrderMark)], data[len(byteOrderMark):]
	}
	return nil, data
}

// locate adds the file and the line to a problem with a key such as "profiles.0.name". If the
// key has no line of its own, the line is that of its table, if any.
func locate(p *problem.Problem, file string, text []byte) *problem.Problem {
	lines := linesOf(text)
	for key := p.Key; key != "" && p.Line == 0; key = key[:max(0, strings.LastIndex(key, "."))] {
		if i := slices.IndexFunc(lines, func(l line) bool { return strings.HasPrefix(l.path()+".", key+".") }); i >= 0 {
			p.At(lines[i].number)
		}
	}
	return p.In(file).Of(profileIndex.ReplaceAllString(p.Key, "profiles"))
}

// profileIndex matches the beginning of a profile's key. Users see "profiles" and the line.
var profileIndex = regexp.MustCompile(`^profiles\.\d+`)

var bareKey = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

// dotted joins the parts of a key. It quotes and shortens parts that are not bare keys.
func dotted(parts ...string) string {
	parts = slices.Clone(parts)
	for i, part := range parts {
		if !bareKey.MatchString(part) {
			parts[i] = quote(part)
		}
	}
	return strings.Join(parts, ".")
}

// syntaxError makes a problem of go-toml's error. The messages of go-toml contain no values.
func syntaxError(text []byte, file string, err error) *problem.Problem {
	found := problem.New(problem.NotTOML, problem.Text("detail", strings.TrimPrefix(err.Error(), "toml: "))).In(file)
	at, ok := errors.AsType[*toml.DecodeError](err)
	if !ok {
		return found
	}
	number, _ := at.Position()
	if key := at.Key(); len(key) > 0 {
		// What follows "password" in a key may be the password itself.
		if i := slices.Index(key, "password"); i >= 0 {
			key = key[:i+1]
		}
		return problem.New(problem.Twice).In(file).At(number).Of(dotted(key...))
	}
	return found.At(number).Of(keyOnLine(text, number))
}

// keyOnLine returns the key on a line if the settings have such a key, else "".
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
