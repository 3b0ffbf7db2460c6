package settings

import (
	"bytes"
	"cmp"
	"slices"
	"strconv"
	"strings"

	"altv-tray/monitor/problem"
)

// edit changes one key in the text of a settings file, or adds it with its table. All else
// stays as it is. The key is one of Keys, or in a profile "profiles.0.folder"; the value is as
// in Values. The error is a *problem.Problem: data is broken, the value is not valid, or the key
// has no line of its own, as in an inline table.
func edit(data []byte, file, key, value string) ([]byte, error) {
	before, err := Parse(data, file)
	if err != nil {
		return nil, err
	}
	mark, text := cutBOM(data)
	want := before.clone()
	keys := keysOf(&want)
	i := slices.IndexFunc(keys, func(f field) bool { return f.name == key })
	if i < 0 {
		return nil, noPlace(file, key)
	}
	if found := keys[i].fill(keys[i].parseText(value), key); found != nil {
		return nil, locate(found, file, text)
	}
	if want.equal(before) {
		return data, nil
	}
	edited := slices.Concat(mark, withKey(text, key, keys[i].literal()))
	after, err := parseEdited(edited, file, key)
	if err == nil && !after.equal(want) {
		err = noPlace(file, key)
	}
	if err != nil {
		return nil, err
	}
	return edited, nil
}

// parseText converts a text of Values to the type that TOML gives the value. It leaves a text
// that it cannot convert for set to refuse.
func (f field) parseText(text string) any {
	switch f.kind() {
	case Bool:
		if on, err := strconv.ParseBool(text); err == nil {
			return on
		}
	case Int:
		if n, err := strconv.ParseInt(text, 10, 64); err == nil {
			return n
		}
	}
	return text
}

// literal returns the value as TOML. The escapes of Go and TOML are the same, except those of
// bytes that are not UTF-8, which TOML refuses.
func (f field) literal() string {
	if kind := f.kind(); kind == Bool || kind == Int {
		return f.text()
	}
	return strconv.Quote(f.text())
}

// noPlace is the problem that a key has no line of its own.
func noPlace(file, key string) error {
	return locate(problem.New(problem.NoPlace).Of(key), file, nil)
}

// parseEdited is Parse for an edited text. If the edit has broken the TOML, the key has no line
// of its own.
func parseEdited(text []byte, file, key string) (Settings, error) {
	s, err := Parse(text, file)
	if code := problem.CodeOf(err); code == problem.Twice || code == problem.NotTOML {
		err = noPlace(file, key)
	}
	return s, err
}

// withKey returns the text with a key's value changed, or with the key added. If the key has
// no line of its own, the result is not valid TOML or has other values.
func withKey(text []byte, key, raw string) []byte {
	table, name := "", key
	if dot := strings.LastIndex(key, "."); dot >= 0 {
		table, name = key[:dot], key[dot+1:]
	}
	header, pair := "["+table+"]", name+" = "+raw
	var last *line // the key can be added after it
	for _, l := range linesOf(text) {
		plain := l.value.end > 0
		switch {
		case l.path() == key && plain:
			return replace(text, l.value, raw)
		case l.table == table && (plain || l.name == ""):
			last = &l
		}
	}
	switch {
	case last != nil:
		return insert(text, last.at.end, last.indent+pair)
	case table == "" && len(text) > 0:
		return insert(text, 0, pair, "")
	case table == "":
		return insert(text, 0, pair)
	case len(text) > 0:
		return insert(text, len(text), "", header, pair)
	}
	return insert(text, 0, header, pair)
}

// Change is one change of the settings file: one of the first five fields is set. The zero
// value changes nothing.
type Change struct {
	Key    string // of Keys, outside the profiles; with Value
	Add    string // the name of a new profile
	Remove string // the name of a profile
	Rename string // the name of a profile, with To
	Set    string // the name of a profile, with its ProfileKey and Value

	Value, To, ProfileKey string
}

// apply makes the change in the text of a settings file. A profile in use stays in use when it
// is renamed; when it is removed, the first other one is used.
func (c Change) apply(data []byte, file string) ([]byte, error) {
	switch {
	case c == Change{}:
		return data, nil
	case c.Key != "":
		return edit(data, file, c.Key, c.Value)
	}
	set, err := Parse(data, file)
	if err != nil {
		return nil, err
	}
	mark, text := cutBOM(data)
	if !slices.ContainsFunc(linesOf(text), func(l line) bool { return strings.HasPrefix(l.path(), "profiles") }) {
		text = withProfile(text, set.Profiles[0].Name) // so far it was implied
	}
	name := cmp.Or(c.Remove, c.Rename, c.Set)
	i := slices.IndexFunc(set.Profiles, func(p Profile) bool { return p.Name == name })
	entry, inUse, found := "profiles."+strconv.Itoa(i), name, true
	switch {
	case c.Add != "":
		text = withProfile(text, c.Add)
	case i < 0:
		return nil, problem.New(problem.ProfileGone, problem.Text("name", quote(name))).In(file)
	case c.Set != "":
		return edit(slices.Concat(mark, text), file, entry+"."+c.ProfileKey, c.Value)
	case c.Rename != "":
		text, inUse = withKey(text, entry+".name", strconv.Quote(c.To)), c.To
	case len(set.Profiles) == 1:
		return nil, problem.New(problem.LastProfile, problem.Text("name", quote(name))).In(file)
	default:
		text, found = withoutProfile(text, entry)
		inUse = slices.Delete(set.clone().Profiles, i, i+1)[0].Name
	}
	if !found { // as in one array, "profiles = […]"
		return nil, noPlace(file, entry)
	}
	if set.Profile == name && inUse != name {
		text = withKey(text, "profile", strconv.Quote(inUse))
	}
	edited := slices.Concat(mark, text)
	if _, err := parseEdited(edited, file, "profiles"); err != nil {
		return nil, err
	}
	return edited, nil
}

// withProfile adds a profile at the end.
func withProfile(text []byte, name string) []byte {
	lines := []string{"[[profiles]]", "name = " + strconv.Quote(name)}
	if len(bytes.TrimSpace(text)) > 0 {
		lines = append([]string{""}, lines...)
	}
	return insert(text, len(text), lines...)
}

// withoutProfile removes a profile, from its header to the comments above the next header. found is
// false if it has no header.
func withoutProfile(text []byte, table string) (edited []byte, found bool) {
	headers := slices.DeleteFunc(linesOf(text), func(l line) bool { return l.name != "" })
	n := slices.IndexFunc(headers, func(l line) bool { return l.table == table })
	if n < 0 {
		return nil, false
	}
	end := len(text)
	if n+1 < len(headers) {
		end = commentStart(text, headers[n+1].at.start)
	}
	return replace(text, span{headers[n].at.start, end}, ""), true
}

// commentStart returns where the comment right above the line at an offset begins.
func commentStart(text []byte, at int) int {
	for at > 0 {
		above := bytes.LastIndexByte(text[:at-1], '\n') + 1
		if !bytes.HasPrefix(bytes.TrimSpace(text[above:at]), []byte("#")) {
			break
		}
		at = above
	}
	return at
}
