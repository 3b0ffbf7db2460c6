package settings

import (
	"bytes"
	"cmp"
	"errors"
	"slices"
	"strconv"

	"altv-tray/monitor/problem"
)

// Change is one change of the settings file, as from a form: one field of the first five.
type Change struct {
	Key    string // as Keys names those outside the profiles, with Value
	Add    string // the name of a new profile
	Remove string // the name of a profile
	Rename string // the name of a profile, with To
	Set    string // the name of a profile, with its ProfileKey and Value

	Value, To, ProfileKey string
}

// ErrStale means that the file is another than the one of that version.
var ErrStale = errors.New("the settings file has changed meanwhile")

// Version reads the file, and returns its version and the settings in force.
func (s *Store) Version() (int, Settings) {
	s.reload()
	s.files.Lock()
	defer s.files.Unlock()
	return s.version, s.Current()
}

// Change makes a change of the file of that version, and puts the result in force. It returns
// the version after it, or the present one with ErrStale. A *problem.Problem blames the file,
// the value or the disk. With an error nothing is written. A missing file is made.
func (s *Store) Change(version int, c Change) (int, error) {
	s.reload()
	s.files.Lock()
	defer s.files.Unlock()
	now := readFile(s.file)
	if now.err == nil && (version != s.version || !now.same(s.seen)) {
		return s.version, ErrStale
	}
	err := s.write(now, c.Key, func(text []byte) ([]byte, error) { return c.apply(text, s.file) })
	return s.version, err
}

// apply makes the change in a text.
func (c Change) apply(data []byte, file string) ([]byte, error) {
	if c.Key != "" {
		global, _ := Keys()
		return edit(data, file, c.Key, typed(global, c.Key, c.Value))
	}
	values, set, err := parse(data, file)
	if err != nil {
		return nil, err
	}
	mark, text := cutMark(data)
	if values["profiles"] == nil {
		text = withProfile(text, set.Profiles[0].Name) // it was there without being written
	}
	if c.Add != "" {
		text = withProfile(text, c.Add)
	} else if text, err = c.inEntry(text, file, set); err != nil {
		return nil, err
	}
	edited := slices.Concat(mark, text)
	if _, err := Parse(edited, file); err != nil {
		return nil, err
	}
	return edited, nil
}

// inEntry makes the change in a profile's entry, and keeps the profile in use.
func (c Change) inEntry(text []byte, file string, set Settings) ([]byte, error) {
	name := cmp.Or(c.Remove, c.Rename, c.Set)
	i := slices.IndexFunc(set.Profiles, func(p Profile) bool { return p.Name == name })
	if i < 0 {
		return nil, problem.New(problem.ProfileGone, problem.Text("name", quoted(name))).In(file)
	}
	entry, key, inUse := "profiles."+strconv.Itoa(i), "name", set.Profile
	switch {
	case c.Remove != "" && len(set.Profiles) == 1:
		return nil, problem.New(problem.LastProfile, problem.Text("name", quoted(name))).In(file)
	case c.Remove != "":
		text = withoutEntry(text, entry)
		if inUse == name {
			inUse = slices.Delete(set.clone().Profiles, i, i+1)[0].Name
		}
	case c.Rename != "":
		text, _ = withinTable(text, entry, key, rawString(c.To))
		if inUse == name {
			inUse = c.To
		}
	default:
		_, keys := Keys()
		key = c.ProfileKey
		raw, _, err := rawValue(typed(keys, key, c.Value))
		if err != nil {
			return nil, err
		}
		if set.Profiles[i].readers()[key] == nil || key == "name" {
			text = nil
		} else {
			text, _ = withinTable(text, entry, key, raw)
		}
	}
	if text != nil && inUse != set.Profile {
		text = withKey(text, nil, "", "profile", rawString(inUse))
	}
	if text == nil { // such as where the entries are one array, "profiles = […]"
		return nil, problem.New(problem.NoPlace).In(file).Of("profiles." + key)
	}
	return text, nil
}

// typed makes a text the key's value, or leaves it for the validation to refuse.
func typed(keys []Key, name, text string) any {
	i := slices.IndexFunc(keys, func(k Key) bool { return k.Name == name })
	if i < 0 {
		return text
	}
	if keys[i].Kind == Bool && (text == "true" || text == "false") {
		return text == "true"
	}
	if n, err := strconv.Atoi(text); keys[i].Kind == Int && err == nil {
		return n
	}
	return text
}

// withProfile adds an entry at the end.
func withProfile(text []byte, name string) []byte {
	lines := []string{"[[profiles]]", "name = " + rawString(name)}
	if len(bytes.TrimSpace(text)) > 0 {
		lines = append([]string{""}, lines...)
	}
	return insert(text, len(text), lines...)
}

func rawString(text string) string {
	raw, _, _ := rawValue(text) // no text fails
	return raw
}

// withoutEntry removes an entry with its comments; nil if it has no line of its own.
func withoutEntry(text []byte, table string) []byte {
	headers := slices.DeleteFunc(entries(text), func(e entry) bool { return e.name != "" })
	n := slices.IndexFunc(headers, func(e entry) bool { return e.table == table })
	if n < 0 {
		return nil
	}
	end := len(text)
	if n+1 < len(headers) {
		end = aboveComments(text, headers[n+1].line.start)
	}
	return replace(text, span{headers[n].line.start, end}, "")
}

// aboveComments is where the comment on top of a line begins.
func aboveComments(text []byte, at int) int {
	for at > 0 {
		above := bytes.LastIndexByte(text[:at-1], '\n') + 1
		if !bytes.HasPrefix(bytes.TrimSpace(text[above:at]), []byte("#")) {
			break
		}
		at = above
	}
	return at
}
