package settings

import (
	"slices"
	"strconv"
	"strings"

	"altv-tray/monitor/problem"
)

// edit changes one key in the text of a settings file, or adds it with its table, and leaves
// everything else as it is. The key is as Keys names it, in a profile "profiles.0.folder", and
// the value as Values has it. The error is a *problem.Problem: data is broken, the value is not
// valid, or the key is not on a line of its own, as in an inline table.
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

// parseText makes of a text what TOML makes of a value, or leaves it for put to refuse.
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

// literal is the value as it is written in the file. Go's escapes are TOML's, but for those of
// bytes that are no text, which are thus refused.
func (f field) literal() string {
	if kind := f.kind(); kind == Bool || kind == Int {
		return f.text()
	}
	return strconv.Quote(f.text())
}

func noPlace(file, key string) error {
	return locate(problem.New(problem.NoPlace).Of(key), file, nil)
}

// parseEdited is Parse for a text in which a key was changed. If it is no TOML any more, the
// key was not where it ordinarily is.
func parseEdited(text []byte, file, key string) (Settings, error) {
	s, err := Parse(text, file)
	if code := problem.CodeOf(err); code == problem.Twice || code == problem.NotTOML {
		err = noPlace(file, key)
	}
	return s, err
}

// withKey returns the text with a key's value changed or the key added. Where there is no
// ordinary place for it, the result is not valid.
func withKey(text []byte, key, raw string) []byte {
	table, name := "", key
	if dot := strings.LastIndex(key, "."); dot >= 0 {
		table, name = key[:dot], key[dot+1:]
	}
	header, pair := "["+table+"]", name+" = "+raw
	var last *line // that the key can follow
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
