package settings

import (
	"bytes"
	"cmp"
	"slices"
	"strconv"
	"strings"

	"altv-tray/monitor/problem"
)

// Change is one change of the settings file, as from a form: one field of the first five. The
// zero value changes nothing.
type Change struct {
	Key    string // as Keys names those outside the profiles, with Value
	Add    string // the name of a new profile
	Remove string // the name of a profile
	Rename string // the name of a profile, with To
	Set    string // the name of a profile, with its ProfileKey and Value

	Value, To, ProfileKey string
}

// apply makes the change in a text, and keeps the profile in use.
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
		text = withProfile(text, set.Profiles[0].Name) // it was there without being written
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
	if !found { // such as where the entries are one array, "profiles = […]"
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

// withProfile adds an entry at the end.
func withProfile(text []byte, name string) []byte {
	lines := []string{"[[profiles]]", "name = " + strconv.Quote(name)}
	if len(bytes.TrimSpace(text)) > 0 {
		lines = append([]string{""}, lines...)
	}
	return insert(text, len(text), lines...)
}

// withoutProfile removes an entry with its comments, if it has a line of its own.
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

// commentStart is where the comment on top of a line begins.
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
