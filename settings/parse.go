package settings

import (
	"bytes"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"
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
		return Settings{}, wrong(TooLarge).at(file)
	}
	_, text := cutMark(data)
	d, err := open(text, file)
	if err != nil {
		return Settings{}, err
	}
	if err := migrate(d.values, steps); err != nil {
		return Settings{}, d.locate(file, []*keyError{err})
	}
	s, problems := d.settings()
	if len(problems) > 0 {
		return Settings{}, d.locate(file, problems)
	}
	s.Schema = len(steps) + 1
	return s, nil
}

// open takes a text apart, with errors for people.
func open(text []byte, file string) (*document, error) {
	if bytes.HasPrefix(text, []byte("\xff\xfe")) || bytes.HasPrefix(text, []byte("\xfe\xff")) {
		broken := wrong(UTF16).at(file)
		broken.Line, broken.Column = 1, 1
		return nil, broken
	}
	d, err := takeApart(text)
	if err == nil {
		return d, nil
	}
	if errors.Is(err, errTooManyKeys) {
		return nil, wrong(TooManyKeys, arg("most", strconv.Itoa(mostKeys))).at(file)
	}
	return nil, syntaxError(text, file, err)
}

var byteOrderMark = []byte("\xef\xbb\xbf")

// cutMark splits off the mark that some Windows editors put first.
func cutMark(data []byte) (mark, text []byte) {
	if bytes.HasPrefix(data, byteOrderMark) {
		return data[:len(byteOrderMark)], data[len(byteOrderMark):]
	}
	return nil, data
}

// keyError is a problem with one key, not yet located, and its cause, if it has
// one.
type keyError struct {
	key keyPath
	*problem
	err error
}

// locate turns the problem that comes first in the file into an *Error. One
// whose key does not stand in the file is put at the table it lies in, or at no
// line where that is not there either.
func (d *document) locate(file string, problems []*keyError) *Error {
	var first *keyError
	best := -1
	for _, e := range problems {
		offset := d.offsetOf(e.key)
		if first == nil || offset >= 0 && (best < 0 || offset < best) {
			first, best = e, offset
		}
	}
	found := first.at(file).because(first.err)
	found.Key = first.key.name()
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
func (d *document) settings() (Settings, []*keyError) {
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
func fill[T any](target *T, table map[string]any, keys map[string]reader[T], within ...string) []*keyError {
	var problems []*keyError
	for _, name := range slices.Sorted(maps.Keys(table)) {
		read, known := keys[name]
		var found *problem
		if known {
			found = read(target, table[name])
		} else {
			found = wrong(UnknownKey, arg("known", strings.Join(slices.Sorted(maps.Keys(keys)), ", ")))
		}
		if found != nil {
			key := pathOf(append(slices.Clone(within), name)...)
			problems = append(problems, &keyError{key, found, nil})
		}
	}
	return problems
}

func fillTable[T any](target *T, root map[string]any, name string, keys map[string]reader[T]) []*keyError {
	value, given := root[name]
	if !given {
		return nil
	}
	table, ok := value.(map[string]any)
	if !ok {
		return []*keyError{{pathOf(name), wrong(NotTable, arg("table", name)), nil}}
	}
	return fill(target, table, keys, name)
}

func fillProfiles(s *Settings, value any) []*keyError {
	if value == nil {
		return nil
	}
	entries, ok := value.([]any)
	if !ok {
		return []*keyError{{pathOf("profiles"), wrong(NotEntries), nil}}
	}
	var problems []*keyError
	var profiles []Profile
	seen := map[string]string{}
	for i, entry := range entries {
		index := strconv.Itoa(i)
		table, ok := entry.(map[string]any)
		if !ok {
			problems = append(problems, &keyError{pathOf("profiles", index), wrong(NotEntries), nil})
			continue
		}
		profile := defaultProfile("")
		problems = append(problems, fill(&profile, table, profileKeys, "profiles", index)...)
		key := pathOf("profiles", index, "name")
		if _, named := table["name"]; !named {
			problems = append(problems, &keyError{key, wrong(NameMissing), nil})
		} else if profile.Name != "" {
			// Windows finds passwords by name without regard to case.
			folded := strings.ToLower(profile.Name)
			if other, taken := seen[folded]; taken {
				problems = append(problems, &keyError{key, wrong(NameTaken,
					arg("name", strconv.Quote(profile.Name)), arg("other", strconv.Quote(other))), nil})
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
func together(s Settings) []*keyError {
	var problems []*keyError
	if !s.Client.AllowRemote && !IsLoopback(s.Client.Address) {
		problems = append(problems, &keyError{pathOf("client", "address"), wrong(NotLocal, arg("address", quoted(s.Client.Address))), nil})
	}
	if _, ok := s.Find(s.Profile); !ok {
		problems = append(problems, &keyError{pathOf("profile"), wrong(NoProfile, arg("name", quoted(s.Profile))), nil})
	}
	return problems
}
