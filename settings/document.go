package settings

import (
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"
)

// keyPath is a key with its tables, joined by NUL, which no key can be mistaken
// for. An entry of [[profiles]] is its index: profiles, 0, name.
type keyPath string

func pathOf(parts ...string) keyPath { return keyPath(strings.Join(parts, "\x00")) }

// name is the path for people: an entry's index is left out, as the line tells
// which one it is.
func (p keyPath) name() string {
	parts := strings.Split(string(p), "\x00")
	if len(parts) > 1 && parts[0] == "profiles" {
		parts = append(parts[:1], parts[2:]...)
	}
	return dotted(parts)
}

// dotted joins a key's parts. What could not stand bare in TOML is quoted and cut
// short, so that an error stays on one line.
func dotted(parts []string) string {
	shown := make([]string, len(parts))
	for i, part := range parts {
		shown[i] = part
		if len(part) > maxProfileName || strings.ContainsFunc(part, notInBareKey) {
			shown[i] = quoted(part)
		}
	}
	return strings.Join(shown, ".")
}

func notInBareKey(r rune) bool {
	return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '_' && r != '-'
}

// span is a piece of the text, by byte offsets.
type span struct{ start, end int }

// document is a settings file taken apart: what it says, and where.
type document struct {
	text   []byte
	values map[string]any

	keys    map[keyPath]span // first mention of each key, table or entry
	pairs   map[keyPath]span // "key = value"
	scalars map[keyPath]span // the value alone, without arrays and inline tables
	headers map[keyPath]span // the key in "[table]"
	last    map[keyPath]span // the last pair that stands under a header; the root is ""
	first   int              // where the first header's key stands; -1 without one
}

// deepest is the number of parts of the longest key that settings have. Longer
// ones are cut: their beginning alone is of interest.
const deepest = 3

// takeApart reads a TOML text. The error is go-toml's.
func takeApart(text []byte) (*document, error) {
	d := &document{
		text:    text,
		values:  map[string]any{},
		keys:    map[keyPath]span{},
		pairs:   map[keyPath]span{},
		scalars: map[keyPath]span{},
		headers: map[keyPath]span{},
		last:    map[keyPath]span{},
		first:   -1,
	}
	var parser unstable.Parser
	parser.Reset(text)
	var section []string
	entries := 0
	for parser.NextExpression() {
		node := parser.Expression()
		switch node.Kind {
		case unstable.Table, unstable.ArrayTable:
			parts, at := keyOf(node)
			if d.first < 0 {
				d.first = at.start
			}
			if parts[0] == "profiles" {
				if node.Kind == unstable.ArrayTable && len(parts) == 1 {
					entries++
				}
				parts = append([]string{"profiles", strconv.Itoa(entries - 1)}, parts[1:]...)
			}
			section = parts[:min(len(parts), deepest)]
			d.mention(section, at)
			d.headers[pathOf(section...)] = at
		case unstable.KeyValue:
			d.last[pathOf(section...)] = rawSpan(node)
			d.pair(section, node)
		}
	}
	// It has the same errors as the parser above, with their places, and sees keys
	// that are given twice too.
	if err := toml.Unmarshal(text, &d.values); err != nil {
		return nil, err
	}
	return d, parser.Error()
}

// pair notes a key, and the keys within it where it is an inline table.
func (d *document) pair(table []string, node *unstable.Node) {
	parts, at := keyOf(node)
	parts = append(table[:len(table):len(table)], parts...)
	whole := len(parts) <= deepest
	parts = parts[:min(len(parts), deepest)]
	d.mention(parts, at)
	if !whole {
		return
	}
	d.pairs[pathOf(parts...)] = rawSpan(node)
	value := node.Value()
	switch value.Kind {
	case unstable.InlineTable:
		d.inline(parts, value)
	case unstable.Array:
		index := 0
		for items := value.Children(); items.Next(); {
			item := items.Node()
			if item.Kind == unstable.Comment {
				continue
			}
			if item.Kind == unstable.InlineTable && len(parts) < deepest {
				entry := append(parts[:len(parts):len(parts)], strconv.Itoa(index))
				d.mention(entry, rawSpan(item))
				d.inline(entry, item)
			}
			index++
		}
	default:
		d.scalars[pathOf(parts...)] = rawSpan(value)
	}
}

func (d *document) inline(table []string, node *unstable.Node) {
	if len(table) >= deepest {
		return
	}
	for pairs := node.Children(); pairs.Next(); {
		if pair := pairs.Node(); pair.Kind == unstable.KeyValue {
			d.pair(table, pair)
		}
	}
}

// mention notes where a key, and each table that it lies in, comes up first.
func (d *document) mention(parts []string, at span) {
	for n := len(parts); n > 0; n-- {
		p := pathOf(parts[:n]...)
		if _, known := d.keys[p]; !known {
			d.keys[p] = at
		}
	}
}

// keyOf returns a node's dotted key and where it stands.
func keyOf(node *unstable.Node) ([]string, span) {
	var parts []string
	var at span
	for keys := node.Key(); keys.Next(); {
		raw := rawSpan(keys.Node())
		if len(parts) == 0 {
			at.start = raw.start
		}
		at.end = raw.end
		if len(parts) < deepest+1 {
			parts = append(parts, string(keys.Node().Data))
		}
	}
	return parts, at
}

func rawSpan(node *unstable.Node) span {
	start := int(node.Raw.Offset)
	return span{start, start + int(node.Raw.Length)}
}
