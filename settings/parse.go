package settings

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"
)

// maxFileSize is far more than a thousand profiles need. A larger file is some
// other file, and parsing it would take seconds.
const maxFileSize = 1 << 20

// Parse reads a settings file's content; file is its name for the errors. A key
// left out has its default, within a [[profiles]] entry too, where name alone
// must be given. No content at all means Default. A byte order mark and CRLF
// are accepted. Every error is an *Error, the first one in the file's order.
func Parse(data []byte, file string) (Settings, error) {
	return parseWith(data, file, steps)
}

func parseWith(data []byte, file string, steps []step) (Settings, error) {
	if len(data) > maxFileSize {
		return Settings{}, tooLarge(file)
	}
	_, text := cutMark(data)
	d, err := open(text, file)
	if err != nil {
		return Settings{}, err
	}
	if err := migrate(d.values, steps); err != nil {
		return Settings{}, d.locate(file, []error{err})
	}
	s, problems := d.settings()
	if len(problems) > 0 {
		return Settings{}, d.locate(file, problems)
	}
	s.Schema = len(steps) + 1
	return s, nil
}

const anotherFile = ": choose another one with --settings, or delete it to begin anew"

func tooLarge(file string) *Error {
	return &Error{File: file, Problem: "is larger than 1 MiB, so it is hardly a settings file" + anotherFile}
}

// open takes a text apart, with errors for people.
func open(text []byte, file string) (*document, error) {
	if bytes.HasPrefix(text, []byte("\xff\xfe")) || bytes.HasPrefix(text, []byte("\xfe\xff")) {
		return nil, &Error{File: file, Line: 1, Column: 1, Problem: "is saved as UTF-16: save it as UTF-8"}
	}
	d, err := takeApart(text)
	if err == nil {
		return d, nil
	}
	if errors.Is(err, errTooManyKeys) {
		return nil, &Error{File: file, Problem: err.Error() + anotherFile}
	}
	broken := &Error{File: file, err: err}
	var at *toml.DecodeError
	if errors.As(err, &at) {
		broken.Line, broken.Column = at.Position()
		broken.Key = dotted(at.Key())
	}
	// go-toml's message names a single character or a key, never a value.
	cause := strings.TrimPrefix(err.Error(), "toml: ")
	switch {
	case !utf8.Valid(text):
		broken.Problem = "is not UTF-8: save the file as UTF-8"
	case strings.Contains(cause, "escape"):
		broken.Problem = cause + `: put a Windows path in single quotes, like 'C:\altv\server'`
	case broken.Key != "": // the message repeats the key, whatever is in it
		broken.Problem = "is there already: remove one of the two"
	default:
		broken.Problem = cause + ": correct this line"
	}
	return nil, broken
}

var byteOrderMark = []byte("\xef\xbb\xbf")

// cutMark splits off the mark that some Windows editors put first.
func cutMark(data []byte) (mark, text []byte) {
	if bytes.HasPrefix(data, byteOrderMark) {
		return data[:len(byteOrderMark)], data[len(byteOrderMark):]
	}
	return nil, data
}

// keyError is a problem with one key, not yet located.
type keyError struct {
	key     keyPath
	problem string
	err     error
}

func (e *keyError) Error() string { return e.key.name() + ": " + e.problem }
func (e *keyError) Unwrap() error { return e.err }

// locate turns the problem that comes first in the file into an *Error. One
// whose key does not stand in the file is put at the table it lies in, or at no
// line where that is not there either.
func (d *document) locate(file string, problems []error) *Error {
	var first *keyError
	best := -1
	for _, problem := range problems {
		var e *keyError
		if !errors.As(problem, &e) {
			e = &keyError{problem: problem.Error(), err: problem}
		}
		offset := d.offsetOf(e.key)
		if first == nil || offset >= 0 && (best < 0 || offset < best) {
			first, best = e, offset
		}
	}
	found := &Error{File: file, Key: first.key.name(), Problem: first.problem, err: first.err}
	if best >= 0 {
		found.Line, found.Column = d.lineAndColumn(best)
	}
	return found
}

func (d *document) offsetOf(key keyPath) int {
	for {
		if at, ok := d.keys[key]; ok {
			return at.start
		}
		i := strings.LastIndexByte(string(key), 0)
		if i < 0 {
			return -1
		}
		key = key[:i]
	}
}

// settings fills the defaults with what the document says.
func (d *document) settings() (Settings, []error) {
	s := Default()
	problems := fill(&s, d.values, rootKeys)
	problems = append(problems, fillTable(&s.Client, d.values, "client", clientKeys)...)
	problems = append(problems, fillTable(&s.AutoReconnect, d.values, "auto_reconnect", autoReconnectKeys)...)
	problems = append(problems, fillTable(&s.Notifications, d.values, "notifications", notificationKeys)...)
	problems = append(problems, fillProfiles(&s, d.values["profiles"])...)
	return s, append(problems, together(s)...)
}

// fill reads the table's keys into target. Values that cannot be read leave the
// default.
func fill[T any](target *T, table map[string]any, keys map[string]reader[T], within ...string) []error {
	var problems []error
	for _, name := range slices.Sorted(maps.Keys(table)) {
		read, known := keys[name]
		problem := ""
		if !known {
			problem = "is not a known key here: correct or remove it (known: " +
				strings.Join(slices.Sorted(maps.Keys(keys)), ", ") + ")"
		} else if err := read(target, table[name]); err != nil {
			problem = err.Error()
		}
		if problem != "" {
			key := pathOf(append(slices.Clone(within), name)...)
			problems = append(problems, &keyError{key, problem, nil})
		}
	}
	return problems
}

func fillTable[T any](target *T, root map[string]any, name string, keys map[string]reader[T]) []error {
	value, given := root[name]
	if !given {
		return nil
	}
	table, ok := value.(map[string]any)
	if !ok {
		return []error{&keyError{pathOf(name), "must be a table, begun by a line [" + name + "]", nil}}
	}
	return fill(target, table, keys, name)
}

func fillProfiles(s *Settings, value any) []error {
	if value == nil {
		return nil
	}
	entries, ok := value.([]any)
	if !ok {
		return []error{&keyError{pathOf("profiles"), "must be entries that each begin with a line [[profiles]]", nil}}
	}
	var problems []error
	var profiles []Profile
	seen := map[string]string{}
	for i, entry := range entries {
		index := fmt.Sprint(i)
		table, ok := entry.(map[string]any)
		if !ok {
			problems = append(problems, &keyError{pathOf("profiles", index), "must be entries that each begin with a line [[profiles]]", nil})
			continue
		}
		profile := defaultProfile("")
		problems = append(problems, fill(&profile, table, profileKeys, "profiles", index)...)
		key := pathOf("profiles", index, "name")
		if _, named := table["name"]; !named {
			problems = append(problems, &keyError{key, "is missing: give this entry a name", nil})
		} else if profile.Name != "" {
			// Windows finds passwords by name without regard to case.
			folded := strings.ToLower(profile.Name)
			if other, taken := seen[folded]; taken {
				problems = append(problems, &keyError{key, fmt.Sprintf(
					"is %q, as another profile is (%q): give each a name of its own, different in more than upper and lower case", profile.Name, other), nil})
			}
			seen[folded] = profile.Name
		}
		profiles = append(profiles, profile)
	}
	if len(profiles) > 0 {
		s.Profiles = profiles
	}
	return problems
}

// together checks what no key can be blamed for alone.
func together(s Settings) []error {
	var problems []error
	if !s.Client.AllowRemote && !isLoopback(s.Client.Address) {
		problems = append(problems, &keyError{pathOf("client", "address"), fmt.Sprintf(
			"%s is not this machine, and the server's password would be sent there: use 127.0.0.1:9223, or set client.allow_remote = true",
			show(s.Client.Address)), nil})
	}
	if _, ok := s.Find(s.Profile); !ok {
		problems = append(problems, &keyError{pathOf("profile"), fmt.Sprintf(
			"there is no profile named %s: set it to the name of one of the [[profiles]]", show(s.Profile)), nil})
	}
	return problems
}
