package settings

import (
	"bytes"
	"maps"
	"slices"
	"strconv"
	"strings"

	"altv-tray/monitor/problem"
)

// maxFileSize is far more than a hundred profiles need. A larger file is some
// other file, and go-toml's time grows with the square of the number of keys.
const maxFileSize = 64 << 10

// schema is the version of the file's format that this program reads and writes.
const schema = 1

// Parse reads a settings file's content; file is its name for the errors. A key
// left out has its default, within a [[profiles]] entry too, where name alone
// must be given. No content at all means Default. A byte order mark and CRLF
// are accepted. Every error is a *problem.Problem, the first one in the file's
// order.
func Parse(data []byte, file string) (Settings, error) {
	_, text := cutMark(data)
	d, err := open(text, file)
	if err != nil {
		return Settings{}, err
	}
	s, problems := d.settings()
	if len(problems) > 0 {
		return Settings{}, d.locate(file, problems)
	}
	return s, nil
}

// open takes a text apart.
func open(text []byte, file string) (*document, error) {
	switch {
	case len(text) > maxFileSize:
		return nil, problem.New(problem.FileTooLarge).In(file)
	case bytes.HasPrefix(text, []byte("\xff\xfe")), bytes.HasPrefix(text, []byte("\xfe\xff")):
		return nil, problem.New(problem.UTF16).In(file).At(1)
	}
	d, err := takeApart(text)
	if err != nil {
		return nil, syntaxError(text, file, err)
	}
	return d, nil
}

var byteOrderMark = []byte("\xef\xbb\xbf")

// cutMark splits off the mark that some Windows editors put first.
func cutMark(data []byte) (mark, text []byte) {
	if bytes.HasPrefix(data, byteOrderMark) {
		return data[:len(byteOrderMark)], data[len(byteOrderMark):]
	}
	return nil, data
}

// keyProblem is a problem with one key, not yet located.
type keyProblem struct {
	key keyPath
	*problem.Problem
}

// locate puts the problem that comes first in the file at its line. One whose
// key does not stand in the file is put at the table it lies in, or at no line
// where that is not there either.
func (d *document) locate(file string, problems []keyProblem) *problem.Problem {
	first, best := problems[0], -1
	for _, p := range problems {
		if offset := d.offsetOf(p.key); offset >= 0 && (best < 0 || offset < best) {
			first, best = p, offset
		}
	}
	first.In(file).Of(first.key.name())
	if best >= 0 {
		first.At(1 + bytes.Count(d.text[:best], []byte("\n")))
	}
	return first.Problem
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
func (d *document) settings() (Settings, []keyProblem) {
	s := Default()
	if value, given := d.values["schema"]; given {
		// First, as a file of a newer schema may have any keys.
		if found := rootKeys["schema"](&s, value); found != nil {
			return s, []keyProblem{{pathOf("schema"), found}}
		}
	}
	values := maps.Clone(d.values)
	var problems []keyProblem
	for _, name := range slices.Sorted(maps.Keys(tables)) {
		if value, given := values[name]; given {
			problems = append(problems, tables[name].fill(&s, name, value)...)
			delete(values, name)
		}
	}
	problems = append(problems, fillProfiles(&s, values["profiles"])...)
	delete(values, "profiles")
	problems = append(problems, fill(&s, values, rootKeys, rootNames())...)
	return s, append(problems, together(s)...)
}

// fill reads the table's keys into target. Values that cannot be read leave the
// default. known are the names that may stand there.
func fill[T any](target *T, values map[string]any, keys map[string]reader[T], known []string, within ...string) []keyProblem {
	var problems []keyProblem
	for _, name := range slices.Sorted(maps.Keys(values)) {
		var found *problem.Problem
		if read, ok := keys[name]; ok {
			found = read(target, values[name])
		} else {
			found = problem.New(problem.UnknownKey, problem.Text("known", strings.Join(known, ", ")))
		}
		if found != nil {
			problems = append(problems, keyProblem{pathOf(append(slices.Clone(within), name)...), found})
		}
	}
	return problems
}

func fillProfiles(s *Settings, value any) []keyProblem {
	if value == nil {
		return nil
	}
	entries, ok := value.([]any)
	if !ok {
		return []keyProblem{{pathOf("profiles"), problem.New(problem.NotEntries)}}
	}
	var problems []keyProblem
	var profiles []Profile
	seen := map[string]string{}
	for i, entry := range entries {
		index := strconv.Itoa(i)
		table, ok := entry.(map[string]any)
		if !ok {
			problems = append(problems, keyProblem{pathOf("profiles", index), problem.New(problem.NotEntries)})
			continue
		}
		profile := defaultProfile("")
		problems = append(problems, fill(&profile, table, profileKeys, slices.Sorted(maps.Keys(profileKeys)), "profiles", index)...)
		key := pathOf("profiles", index, "name")
		if _, named := table["name"]; !named {
			problems = append(problems, keyProblem{key, problem.New(problem.NameMissing)})
		} else if profile.Name != "" {
			// Windows finds passwords by name without regard to case.
			folded := strings.ToLower(profile.Name)
			if other, taken := seen[folded]; taken {
				problems = append(problems, keyProblem{key, problem.New(problem.NameTaken,
					problem.Text("name", strconv.Quote(profile.Name)), problem.Text("other", strconv.Quote(other)))})
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
func together(s Settings) []keyProblem {
	var problems []keyProblem
	if !s.Client.AllowRemote && !IsLoopback(s.Client.Address) {
		problems = append(problems, keyProblem{pathOf("client", "address"), problem.New(problem.NotLocal, problem.Text("address", quoted(s.Client.Address)))})
	}
	if _, ok := s.Find(s.Profile); !ok {
		problems = append(problems, keyProblem{pathOf("profile"), problem.New(problem.NoProfile, problem.Text("name", quoted(s.Profile)))})
	}
	return problems
}
