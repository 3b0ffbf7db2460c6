package settings

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"
)

// line is one of an ordinary settings file: "[table]" or "key = value".
type line struct {
	table  string // the table it lies in, or opens: "client", "profiles.0"; the root is ""
	name   string // the key, which may be dotted; empty for "[table]"
	number int    // counted from 1
	at     span   // with its line end
	indent string
	value  span // empty where the value is not a plain one on this line alone
}

// span is a piece of the text, by byte offsets.
type span struct{ start, end int }

func (l line) path() string { return joinKey(l.table, l.name) }

func joinKey(table, name string) string { return strings.Trim(table+"."+name, ".") }

// linePattern has the groups indent, table, key, value.
var linePattern = regexp.MustCompile(`^([ \t]*)(?:\[+([^\[\]]+)\]|([^=#\[\]]+)=[ \t]*(?:("(?:[^"\\]|\\.)*"|'[^']*'|[^\s"'#]+)[ \t]*(?:#.*)?\r?\n?$)?)`)

// linesOf finds a TOML text's ordinary lines. A line within a value of several lines may be
// taken for one of them, so a caller that edits one must check the result.
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

// normalKey is a key as dotted writes it.
func normalKey(raw []byte) string {
	parts := keyPart.FindAllString(string(raw), -1)
	for i, part := range parts {
		parts[i] = strings.Trim(part, `"'`)
	}
	return dotted(parts...)
}

// insert puts lines before the line that begins at an offset, or at the text's end.
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

func replace(text []byte, at span, by string) []byte {
	return bytes.Join([][]byte{text[:at.start], []byte(by), text[at.end:]}, nil)
}
