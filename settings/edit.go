package settings

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"altv-tray/monitor/problem"
)

// edit changes one key in the text of a settings file, or adds it with its table, and leaves
// everything else as it is. The key is one of those outside the profiles, as Keys names it;
// the value a bool, int, Duration, string or one of the string types here. The error is a
// *problem.Problem: data is broken, the value is not valid, or the key is not on a line of its
// own, as in an inline table.
func edit(data []byte, file, key string, value any) ([]byte, error) {
	before, err := Parse(data, file)
	if err != nil {
		return nil, err
	}
	if Values(before)[key] == fmt.Sprint(value) {
		return data, nil
	}
	mark, text := cutMark(data)
	edited := slices.Concat(mark, withKey(text, key, raw(value)))
	after, err := parseEdited(edited, file, key)
	if err == nil && Values(after)[key] != fmt.Sprint(value) {
		err = noPlace(file, key)
	}
	if err != nil {
		return nil, err
	}
	return edited, nil
}

func noPlace(file, key string) error { return problem.New(problem.NoPlace).In(file).Of(key) }

// parseEdited is Parse for a text in which a key was changed. If it is no TOML any more, the
// key was not where it ordinarily is.
func parseEdited(text []byte, file, key string) (Settings, error) {
	s, err := Parse(text, file)
	if code := problem.CodeOf(err); code == problem.Twice || code == problem.NotTOML {
		err = noPlace(file, key)
	}
	return s, err
}

// raw is a value as it is written. JSON on one line is valid TOML.
func raw(value any) string {
	var text strings.Builder
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return "" // which is not valid
	}
	return strings.ReplaceAll(strings.TrimSpace(text.String()), "\x7f", `\u007F`)
}

// withKey returns the text with a key's value changed or the key added. Where there is no
// ordinary place for it, the result is not valid.
func withKey(text []byte, key, raw string) []byte {
	table, name := "", key
	if dot := strings.LastIndex(key, "."); dot >= 0 {
		table, name = key[:dot], key[dot+1:]
	}
	pair := name + " = " + raw
	edited, found := withinTable(text, table, name, raw)
	lines := []string{pair}
	switch {
	case found:
		return edited
	case table != "":
		lines = []string{"[" + table + "]", pair}
		if len(text) > 0 {
			lines = slices.Insert(lines, 0, "")
		}
		return insert(text, len(text), lines...)
	case len(text) > 0:
		lines = append(lines, "")
	}
	return insert(text, 0, lines...)
}

// withinTable does that if the table has a line in the text, and reports whether it has.
func withinTable(text []byte, table, name, raw string) (edited []byte, found bool) {
	var last *entry // that a line can follow
	for _, e := range linesOf(text) {
		plain := e.value.end > 0
		switch {
		case e.path() == join(table, name) && plain:
			return replace(text, e.value, raw), true
		case e.table == table && (plain || e.name == ""):
			last = &e
		}
	}
	if last == nil {
		return nil, false
	}
	return insert(text, last.line.end, last.indent+name+" = "+raw), true
}
