package settings

import (
	"bytes"
	"regexp"
	"slices"

	"github.com/pelletier/go-toml/v2/unstable"
)

// keyAt finds the innermost pair "key = value" around the place where go-toml
// gave up, and gives its key with the tables, without an entry's index. A header
// and a comment are in none.
func keyAt(text []byte, offset int) []string {
	var parser unstable.Parser
	parser.Reset(text)
	var table []string
	start := 0
	for parser.NextExpression() {
		node := parser.Expression()
		parts, at := keyOf(node)
		if node.Kind == unstable.KeyValue {
			at.end = rawSpan(node).end
		} else {
			table = parts
		}
		next := len(text)
		if i := bytes.IndexByte(text[at.end:], '\n'); i >= 0 {
			next = at.end + i + 1
		}
		if offset < next { // sound in itself, such as a key that is there twice
			if node.Kind != unstable.KeyValue {
				return nil
			}
			start = at.start
			break
		}
		start = next
	}
	start += len(blank.Find(text[start:]))
	if start > offset || start < len(text) && text[start] == '[' {
		return nil
	}
	return innermost(table, text, start, offset)
}

var (
	blank = regexp.MustCompile(`^(?:\s|#[^\n]*)*`)
	// keyText is a key, dotted or not, and the sign that makes it sure to be one.
	keyText = regexp.MustCompile(`^(` + keyPart + `(?:[ \t]*\.[ \t]*` + keyPart + `)*)[ \t]*(=?)`)
	// token is a string, a comment, a character that parts values, or what is
	// between those.
	token = regexp.MustCompile(`(?s)^(?:"""(?:\\.|[^\\])*?(?:"{3,5}|$)|'''.*?(?:'{3,5}|$)|` +
		`"(?:\\.|[^"\\\n])*"?|'[^'\n]*'?|#[^\n]*|[^"'#,\[\]{}]+|.)`)
)

const keyPart = `(?:[A-Za-z0-9_-]+|"(?:\\.|[^"\\\n])*"|'[^'\n]*')`

// innermost follows the inline tables and arrays of a pair up to the offset.
// Without its = sign a word counts as a key only if it is a known one.
func innermost(table []string, text []byte, at, offset int) []string {
	type level struct {
		inline bool // a table, else an array
		sure   bool
		key    []string
	}
	levels := []level{{inline: true}}
	for at <= offset {
		top := &levels[len(levels)-1]
		if top.inline && top.key == nil {
			at += len(blank.Find(text[at:]))
			if key := keyText.FindSubmatch(text[at:]); key != nil && at <= offset {
				at += len(key[0])
				top.key, top.sure = partsOf(key[1]), len(key[2]) > 0
				continue
			}
		}
		if at >= offset {
			break
		}
		piece := token.Find(text[at:])
		at += len(piece)
		switch piece[0] {
		case '{', '[':
			levels = append(levels, level{inline: piece[0] == '{'})
		case '}', ']':
			levels = levels[:max(1, len(levels)-1)]
		case ',':
			top.key = nil
		}
	}
	var found []string
	for _, l := range levels {
		if l.key == nil {
			continue
		}
		key := append(slices.Clip(table), l.key...)
		key = upToPassword(key[:min(len(key), deepest)])
		if !l.sure && refusal(key, nil) == nil {
			break
		}
		table, found = key, key
	}
	return found
}

// partsOf takes a key apart; nil where it is none.
func partsOf(key []byte) []string {
	var parser unstable.Parser
	parser.Reset(slices.Concat(key, []byte("=0")))
	if !parser.NextExpression() {
		return nil
	}
	parts, _ := keyOf(parser.Expression())
	return parts
}

// upToPassword leaves out what is below a password, as that may be the password
// itself.
func upToPassword(key []string) []string {
	if i := slices.Index(key, "password"); i >= 0 {
		return key[:i+1]
	}
	return key
}
