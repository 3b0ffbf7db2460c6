package settings

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"
)

// line is a line of a settings file, "[table]" or "key = value".
type line struct {
	table  string // the table that it is in, or begins: "client", "profiles.0"; "" for the root
	name   string // the key, which may be dotted; "" for "[table]"
	number int    // from 1
	at     span   // including the line end
	indent string
	value  span // zero if the value is an array or table, or has several lines
}

// span is a range of byte offsets.
type span struct{ start, end int }

func (l line) path() string { return joinKey(l.table, l.name) }

func joinKey(table, name string) string { return strings.Trim(table+"."+name, ".") }

// linePattern has the groups indent, table, key and value.
var linePattern = regexp.MustCompile(`^([ \t]*)(?:\[+([^\[\]]+)\]|([^=#\[\]]+)=[ \t]*(?:("(?:[^"\\]|\\.)*"|'[^']*'|[^\s"'#]+)[ \t]*(?:#.*)?\r?\n?$)?)`)

// linesOf returns the lines of a TOML text that have a table or a key. It may mistake a line
// inside a value of several lines for one, so the caller must check the result of an edit.
func linesOf(text []byte) []line {
	var all []line
	table, profile, number, start := "", -1, 0, 0
	for content := range bytes.Lines(text) {
		end := start + len(content)
		number++
		if at := linePattern.FindSubmatchIndex(content); at != nil {
			l := line{number: number, at: span{start, end}, indent: string(content[:at[3]])}
			if at[4] >= 0 {
				table = normalKey(content[at[4]:at[5]])
				if table == "profiles" {
					profile++
				}
				if first, rest, _ := strings.Cut(table, "."); first == "profiles" {
					table = joinKey("profiles."+strconv.Itoa(profile), rest)
				}
			} else {
				l.name = normalKey(content[at[6]:at[7]])
			}
			if at[8] >= 0 {
				l.value = span{start + at[8], start + at[9]}
			}
			l.table = table
			all = append(all, l)
		}
		start = end
	}
	return all
}

var keyPart = regexp.MustCompile(`"[^"]*"|'[^']*'|[^."'\s]+`)

// normalKey converts a key of the file to the form of dotted.
func normalKey(raw []byte) string {
	parts := keyPart.FindAllString(string(raw), -1)
	for i, part := range parts {
		parts[i] = strings.Trim(part, `"'`)
	}
	return dotted(parts...)
}

// insert inserts lines at an offset, which is the beginning of a line or the end of the text.
func insert(text []byte, at int, lines ...string) []byte {
	lineEnd := "\n"
	if i := bytes.IndexByte(text, '\n'); i > 0 && text[i-1] == '\r' {
		lineEnd = "\r\n"
	}
	added := strings.Join(lines, lineEnd) + lineEnd
	if at > 0 && text[at-1] != '\n' {
		added = lineEnd + added
	}
	return replace(text, span{at, at}, added)
}

// replace replaces the span.
func replace(text []byte, at span, by string) []byte {
	return bytes.Join([][]byte{text[:at.start], []byte(by), text[at.end:]}, nil)
}
