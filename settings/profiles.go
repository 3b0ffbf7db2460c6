package settings

import (
	"bytes"
	"errors"
	"slices"
	"strconv"

	"altv-tray/monitor/problem"
)

// Change is one change of the settings file, as a form makes it. One of its
// fields is set.
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

// Version counts the contents that the file has had, and returns them with what
// is in force. It looks at the file.
func (s *Store) Version() (int, Settings) {
	s.reload()
	s.files.Lock()
	defer s.files.Unlock()
	return s.version, s.Current()
}

// Change makes a change of the file of that version, and puts the result in
// force. It returns the version after it, or that of now with ErrStale. Nothing
// is written with an error; what the file, the value or the disk is to blame for
// is a *problem.Problem. A missing file is made, with comments.
func (s *Store) Change(version int, c Change) (int, error) {
	s.reload()
	s.files.Lock()
	defer s.files.Unlock()
	now := readFile(s.file)
	switch {
	case now.err != nil:
		return s.version, now.err
	case version != s.version || !now.same(s.seen):
		return s.version, ErrStale
	}
	text := now.data
	if now.missing {
		text = defaultFile
	}
	edited, err := c.apply(text, s.file)
	if err != nil {
		return s.version, err
	}
	if after := (reading{data: edited}); !after.same(now) {
		if err := writeFile(s.file, edited); err != nil {
			return s.version, err
		}
		s.see(after)
	}
	if next, err := Parse(edited, s.file); err == nil {
		if _, ok := next.Find(s.override); !ok || c.Key == "profile" {
			s.override = ""
		}
	}
	s.take(s.seen)
	return s.version, nil
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
	switch {
	case c.Add != "":
		text = withProfile(text, c.Add)
	case c.Remove != "":
		text, err = withoutProfile(text, file, set, c.Remove)
	case c.Rename != "":
		text, err = renamed(text, file, set, c.Rename, c.To)
	default:
		_, keys := Keys()
		text, err = withProfileKey(text, file, set, c.Set, c.ProfileKey, typed(keys, c.ProfileKey, c.Value))
	}
	if err != nil {
		return nil, err
	}
	edited := slices.Concat(mark, text)
	if _, err := Parse(edited, file); err != nil {
		return nil, err
	}
	return edited, nil
}

// typed makes of a text the value that a key has. What it cannot be stays a text,
// for the file's validation to refuse.
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

func indexOf(file string, set Settings, name string) (int, error) {
	i := slices.IndexFunc(set.Profiles, func(p Profile) bool { return p.Name == name })
	if i < 0 {
		return 0, problem.New(problem.ProfileGone, problem.Text("name", quoted(name))).In(file)
	}
	return i, nil
}

// noPlace is for files whose entries stand in one array, "profiles = […]".
func noPlace(file, key string) error {
	return problem.New(problem.NoPlace).In(file).Of("profiles." + key)
}

func withProfileKey(text []byte, file string, set Settings, profile, key string, value any) ([]byte, error) {
	i, err := indexOf(file, set, profile)
	if err != nil {
		return nil, err
	}
	if set.Profiles[i].readers()[key] == nil || key == "name" {
		return nil, noPlace(file, key)
	}
	raw, _, err := rawValue(value)
	if err != nil {
		return nil, err
	}
	return withIn(text, file, i, key, raw)
}

// withIn sets a key of the entry with that index.
func withIn(text []byte, file string, entry int, key, raw string) ([]byte, error) {
	edited, _ := withinTable(text, tableOf(entry), key, raw)
	if edited == nil {
		return nil, noPlace(file, key)
	}
	return edited, nil
}

func tableOf(entry int) string { return "profiles." + strconv.Itoa(entry) }

// renamed gives a profile another name, and names it where it is in use.
func renamed(text []byte, file string, set Settings, from, to string) ([]byte, error) {
	i, err := indexOf(file, set, from)
	if err != nil {
		return nil, err
	}
	edited, err := withIn(text, file, i, "name", rawString(to))
	if err != nil || set.Profile != from {
		return edited, err
	}
	return inUse(edited, file, to)
}

// inUse puts a profile in use in a text that need not be valid before.
func inUse(text []byte, file, name string) ([]byte, error) {
	edited := withKey(text, nil, "", "profile", rawString(name))
	if edited == nil {
		return nil, problem.New(problem.NoPlace).In(file).Of("profile")
	}
	return edited, nil
}

// withoutProfile removes an entry, with the comments in it. The first of the
// others is in use then, if it was.
func withoutProfile(text []byte, file string, set Settings, name string) ([]byte, error) {
	i, err := indexOf(file, set, name)
	if err != nil {
		return nil, err
	}
	headers := slices.DeleteFunc(entries(text), func(e entry) bool { return e.name != "" })
	n := slices.IndexFunc(headers, func(e entry) bool { return e.table == tableOf(i) })
	if n < 0 {
		return nil, noPlace(file, "name")
	}
	if len(set.Profiles) == 1 {
		return nil, problem.New(problem.LastProfile, problem.Text("name", quoted(name))).In(file)
	}
	end := len(text)
	if n+1 < len(headers) {
		end = aboveComments(text, headers[n+1].line.start)
	}
	edited := replace(text, span{headers[n].line.start, end}, "")
	if set.Profile != name {
		return edited, nil
	}
	rest := slices.DeleteFunc(slices.Clone(set.Profiles), func(p Profile) bool { return p.Name == name })
	return inUse(edited, file, rest[0].Name)
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
