package settings

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"altv-tray/monitor/problem"
)

// Set changes one key in the text of a settings file and leaves the rest as it
// is: comments, blank lines, order, line endings. A key or table that is
// missing is added. The key is "language", "profile" or one in a table, such as
// "auto_reconnect.enabled"; those of the profiles are changed in an editor. The
// value is a bool, int, Duration, string or one of the string types here. The
// error is a *problem.Problem where data is broken or the value is not valid; nothing is
// returned then.
func Set(data []byte, key string, value any) ([]byte, error) {
	return edit(data, "settings.toml", key, value)
}

func edit(data []byte, file, key string, value any) ([]byte, error) {
	raw, err := rawValue(value)
	if err != nil {
		return nil, fmt.Errorf("changing %s: %w", key, err)
	}
	table, name, nested := strings.Cut(key, ".")
	if !nested {
		table, name = "", key
	}
	if !canSet(table, name) {
		return nil, fmt.Errorf("changing %s: there is no such key to change, see the settings file for those there are", key)
	}
	if _, err := Parse(data, file); err != nil {
		return nil, err
	}
	mark, text := cutMark(data)
	d, err := open(text, file)
	if err != nil {
		return nil, err
	}
	if d.lookUp(table, name) == raw.value {
		return data, nil
	}
	edited := append(slices.Clone(mark), d.with(table, name, raw.text)...)
	if _, err := Parse(edited, file); err != nil {
		return nil, err
	}
	_, text = cutMark(edited)
	if after, err := open(text, file); err != nil || after.lookUp(table, name) != raw.value {
		return nil, problem.New(problem.NoPlace).In(file).Of(key)
	}
	return edited, nil
}

func canSet(table, name string) bool {
	if table == "" {
		return name == "language" || name == "profile"
	}
	return slices.Contains(tables[table].names, name)
}

// tomlValue is a value as the document holds it and as it is written.
type tomlValue struct {
	value any
	text  string
}

func rawValue(value any) (tomlValue, error) {
	switch v := value.(type) {
	case bool:
		return tomlValue{v, fmt.Sprint(v)}, nil
	case int:
		return tomlValue{int64(v), fmt.Sprint(v)}, nil
	case string:
		return rawString(v), nil
	case Language:
		return rawString(string(v)), nil
	case WhenDropped:
		return rawString(string(v)), nil
	case Duration:
		return rawString(v.String()), nil
	case time.Duration:
		return rawString(Duration(v).String()), nil
	}
	return tomlValue{}, fmt.Errorf("a %T cannot be written to the settings file", value)
}

// rawString quotes for TOML, whose escapes are not Go's. What is not UTF-8
// becomes U+FFFD, as TOML cannot hold it.
func rawString(s string) tomlValue {
	s = strings.ToValidUTF8(s, "\uFFFD")
	var quoted strings.Builder
	quoted.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			quoted.WriteByte('\\')
			quoted.WriteRune(r)
		case unicode.IsControl(r):
			fmt.Fprintf(&quoted, `\u%04X`, r)
		default:
			quoted.WriteRune(r)
		}
	}
	quoted.WriteByte('"')
	return tomlValue{s, quoted.String()}
}

func (d *document) lookUp(table, name string) any {
	values := d.values
	if table != "" {
		values, _ = d.values[table].(map[string]any)
	}
	return values[name]
}

// with returns the text with a key's value changed or the key added.
func (d *document) with(table, name, raw string) []byte {
	key := pathOf(name)
	if table != "" {
		key = pathOf(table, name)
	}
	if at, ok := d.scalars[key]; ok {
		return d.replace(at, raw)
	}
	pair := name + " = " + raw
	if table == "" {
		return d.addToRoot(pair)
	}
	if header, ok := d.headers[pathOf(table)]; ok {
		if last, ok := d.last[pathOf(table)]; ok {
			return d.addLine(last, d.indentation(last.start)+pair)
		}
		return d.addLine(header, d.indentation(header.start)+pair)
	}
	if at, ok := d.pairs[pathOf(table)]; ok {
		return d.addInline(at, table, pair)
	}
	if last, ok := d.lastDotted(table); ok {
		return d.addLine(last, d.indentation(last.start)+table+"."+pair)
	}
	end := span{len(d.text), len(d.text)}
	lines := "[" + table + "]" + d.lineEnd() + pair
	if blank := bytes.TrimSpace(d.text); len(blank) > 0 {
		lines = d.lineEnd() + lines
	}
	return d.addLine(end, lines)
}

func (d *document) replace(at span, by string) []byte {
	return slices.Concat(d.text[:at.start], []byte(by), d.text[at.end:])
}

// addLine puts lines after the one that the span ends on.
func (d *document) addLine(after span, lines string) []byte {
	at := d.nextLine(after.end)
	lines += d.lineEnd()
	if at > 0 && d.text[at-1] != '\n' {
		lines = d.lineEnd() + lines
	}
	return d.replace(span{at, at}, lines)
}

// addToRoot puts a pair where it belongs to no table: after the last such one,
// else before the first table and the comment on top of it, else at the end.
func (d *document) addToRoot(pair string) []byte {
	if last, ok := d.last[""]; ok {
		return d.addLine(last, d.indentation(last.start)+pair)
	}
	if d.first < 0 {
		return d.addLine(span{len(d.text), len(d.text)}, pair)
	}
	at := d.lineStart(d.first)
	for at > 0 {
		above := d.lineStart(at - 1)
		if !bytes.HasPrefix(bytes.TrimSpace(d.text[above:at]), []byte("#")) {
			break
		}
		at = above
	}
	return d.replace(span{at, at}, pair+d.lineEnd()+d.lineEnd())
}

// addInline puts a pair last into "table = { … }".
func (d *document) addInline(at span, table, pair string) []byte {
	if last, ok := d.lastDotted(table); ok {
		return d.replace(span{last.end, last.end}, ", "+pair)
	}
	brace := at.end - 1
	return d.replace(span{brace, brace}, " "+pair+" ")
}

// lastDotted finds the last of a table's pairs, "table.key = …" or inline.
func (d *document) lastDotted(table string) (span, bool) {
	var last span
	for key, pair := range d.pairs {
		if strings.HasPrefix(string(key), table+"\x00") && pair.end > last.end {
			last = pair
		}
	}
	return last, last.end > 0
}

func (d *document) lineStart(offset int) int {
	return bytes.LastIndexByte(d.text[:offset], '\n') + 1
}

func (d *document) nextLine(offset int) int {
	if i := bytes.IndexByte(d.text[offset:], '\n'); i >= 0 {
		return offset + i + 1
	}
	return len(d.text)
}

// indentation is the white space that the line of an offset begins with.
func (d *document) indentation(offset int) string {
	line := d.text[d.lineStart(offset):offset]
	return string(line[:len(line)-len(bytes.TrimLeft(line, " \t"))])
}

// lineEnd is what the file's first line ends with.
func (d *document) lineEnd() string {
	if i := bytes.IndexByte(d.text, '\n'); i > 0 && d.text[i-1] == '\r' {
		return "\r\n"
	}
	return "\n"
}
