package settings

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"altv-tray/monitor/problem"
)

// edit changes one key in the text of a settings file, or adds it with its table, and leaves
// everything else as it is. The key is "language", "profile" or one in a table, such as
// "auto_reconnect.enabled"; the value a bool, int, Duration, string or one of the string
// types here. The error is a *problem.Problem if data is broken, the value is not valid, or
// the key is not on a line of its own, as in an inline table.
func edit(data []byte, file, key string, value any) ([]byte, error) {
	table, name, nested := strings.Cut(key, ".")
	if !nested {
		table, name = "", key
	}
	known := Default()
	if known.readers()[table][name] == nil || !nested && key != "language" && key != "profile" {
		return nil, fmt.Errorf("changing %s: there is no such key to change, see the settings file for those there are", key)
	}
	raw, want, err := rawValue(value)
	if err != nil {
		return nil, fmt.Errorf("changing %s: %w", key, err)
	}
	values, _, err := parse(data, file)
	if err != nil {
		return nil, err
	}
	if reflect.DeepEqual(lookUp(values, table, name), want) {
		return data, nil
	}
	mark, text := cutMark(data)
	noPlace := problem.New(problem.NoPlace).In(file).Of(key)
	edited := withKey(text, values, table, name, raw)
	if edited == nil {
		return nil, noPlace
	}
	edited = slices.Concat(mark, edited)
	if values, _, err = parse(edited, file); err != nil {
		return nil, err
	}
	if !reflect.DeepEqual(lookUp(values, table, name), want) {
		return nil, noPlace
	}
	return edited, nil
}

// rawValue returns a value as it is written and as it is read. JSON on one line is valid TOML.
func rawValue(value any) (raw string, read any, err error) {
	var text strings.Builder
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return "", nil, err
	}
	raw = strings.ReplaceAll(strings.TrimSpace(text.String()), "\x7f", `\u007F`)
	var back map[string]any
	if err := toml.Unmarshal([]byte("value = "+raw), &back); err != nil {
		return "", nil, fmt.Errorf("a %T cannot be written to the settings file: %w", value, err)
	}
	return raw, back["value"], nil
}

func lookUp(values map[string]any, table, name string) any {
	if table != "" {
		values, _ = values[table].(map[string]any)
	}
	return values[name]
}

// withKey returns the text with a key's value changed or the key added; nil if there is no
// ordinary place for it. values are those of the text.
func withKey(text []byte, values map[string]any, table, name, raw string) []byte {
	pair := name + " = " + raw
	edited, found := withinTable(text, table, name, raw)
	switch {
	case found:
		return edited
	case lookUp(values, table, name) != nil:
		return nil
	case table == "" && len(text) > 0:
		return insert(text, 0, pair, "")
	case table == "":
		return insert(text, 0, pair)
	case values[table] != nil: // an inline table, or dotted keys
		return nil
	case len(text) > 0:
		return insert(text, len(text), "", "["+table+"]", pair)
	}
	return insert(text, 0, "["+table+"]", pair)
}

// withinTable does that if the table has a line in the text, and reports whether it has.
func withinTable(text []byte, table, name, raw string) (edited []byte, found bool) {
	var last *entry // that a line can follow
	for _, e := range entries(text) {
		plain := e.value.end > 0
		switch {
		case e.path() == join(table, name) && plain:
			return replace(text, e.value, raw), true
		case e.path() == join(table, name):
			return nil, true
		case e.table == table && (plain || e.name == ""):
			last = &e
		}
	}
	if last == nil {
		return nil, false
	}
	return insert(text, last.line.end, last.indent+name+" = "+raw), true
}
