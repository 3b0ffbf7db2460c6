package settings

import (
	"bytes"
	"errors"
	"slices"
	"strconv"
	"strings"

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
	set, err := Parse(data, file)
	if err != nil {
		return nil, err
	}
	mark, text := cutMark(data)
	if d, err := open(text, file); err == nil && d.values["profiles"] == nil {
		text = withProfile(d, set.Profiles[0].Name) // it was there without being written
	}
	d, err := open(text, file)
	if err != nil {
		return nil, err
	}
	switch {
	case c.Add != "":
		text = withProfile(d, c.Add)
	case c.Remove != "":
		text, err = withoutProfile(d, file, set, c.Remove)
	case c.Rename != "":
		text, err = renamed(d, file, set, c.Rename, c.To)
	default:
		_, keys := Keys()
		text, err = withProfileKey(d, file, set, c.Set, c.ProfileKey, typed(keys, c.ProfileKey, c.Value))
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
func withProfile(d *document, name string) []byte {
	lines := "[[profiles]]" + d.lineEnd() + "name = " + rawString(name).text
	if len(bytes.TrimSpace(d.text)) > 0 {
		lines = d.lineEnd() + lines
	}
	return d.addLine(span{len(d.text), len(d.text)}, lines)
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

func withProfileKey(d *document, file string, set Settings, profile, key string, value any) ([]byte, error) {
	i, err := indexOf(file, set, profile)
	if err != nil {
		return nil, err
	}
	if _, known := profileKeys[key]; !known || key == "name" {
		return nil, noPlace(file, key)
	}
	raw, err := rawValue(value)
	if err != nil {
		return nil, err
	}
	return d.withIn(file, i, key, raw.text)
}

// withIn sets a key of the entry with that index.
func (d *document) withIn(file string, entry int, key, raw string) ([]byte, error) {
	table := pathOf("profiles", strconv.Itoa(entry))
	if at, ok := d.scalars[table+keyPath("\x00"+key)]; ok {
		return d.replace(at, raw), nil
	}
	at, ok := d.headers[table]
	if !ok {
		return nil, noPlace(file, key)
	}
	if last, ok := d.last[table]; ok {
		at = last
	}
	return d.addLine(at, d.indentation(at.start)+key+" = "+raw), nil
}

// renamed gives a profile another name, and names it where it is in use.
func renamed(d *document, file string, set Settings, from, to string) ([]byte, error) {
	i, err := indexOf(file, set, from)
	if err != nil {
		return nil, err
	}
	text, err := d.withIn(file, i, "name", rawString(to).text)
	if err != nil || set.Profile != from {
		return text, err
	}
	return inUse(text, file, to)
}

// inUse puts a profile in use in a text that need not be valid before.
func inUse(text []byte, file, name string) ([]byte, error) {
	d, err := open(text, file)
	if err != nil {
		return nil, err
	}
	return d.with("", "profile", rawString(name).text), nil
}

// withoutProfile removes an entry, with the comments in it. The first of the
// others is in use then, if it was.
func withoutProfile(d *document, file string, set Settings, name string) ([]byte, error) {
	i, err := indexOf(file, set, name)
	if err != nil {
		return nil, err
	}
	header, ok := d.headers[pathOf("profiles", strconv.Itoa(i))]
	if !ok {
		return nil, noPlace(file, "name")
	}
	if len(set.Profiles) == 1 {
		return nil, problem.New(problem.LastProfile, problem.Text("name", quoted(name))).In(file)
	}
	begin, end := d.lineStart(header.start), len(d.text)
	for _, other := range d.headers {
		if at := d.aboveComments(d.lineStart(other.start)); other.start > header.start && at < end {
			end = at
		}
	}
	text := d.replace(span{begin, end}, "")
	if set.Profile != name {
		return text, nil
	}
	rest := slices.DeleteFunc(slices.Clone(set.Profiles), func(p Profile) bool { return p.Name == name })
	return inUse(text, file, rest[0].Name)
}

// aboveComments is where the comment on top of a line begins.
func (d *document) aboveComments(at int) int {
	for at > 0 {
		above := d.lineStart(at - 1)
		if !strings.HasPrefix(strings.TrimSpace(string(d.text[above:at])), "#") {
			break
		}
		at = above
	}
	return at
}
