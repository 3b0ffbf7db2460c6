package settings

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2/unstable"
)

// brokenPair is a pair "key = value" that go-toml refuses.
type brokenPair struct {
	key   []string // with its tables, without an entry's index; nil where there is none
	value []byte   // what follows the = sign, to the end of the text
}

// pairAt finds the innermost pair around the place where go-toml gave up. A
// header and a comment are in none.
func pairAt(text []byte, offset int) brokenPair {
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
				return brokenPair{}
			}
			start = at.start
			break
		}
		start = next
	}
	start += len(blank.Find(text[start:]))
	if start > offset || start < len(text) && text[start] == '[' {
		return brokenPair{}
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
	// word is what someone wrote as a value.
	word = regexp.MustCompile(`^[^\s#,}\]]+`)
)

const keyPart = `(?:[A-Za-z0-9_-]+|"(?:\\.|[^"\\\n])*"|'[^'\n]*')`

// innermost follows the inline tables and arrays of a pair up to the offset.
// Without its = sign a word counts as a key only if it is a known one.
func innermost(table []string, text []byte, at, offset int) brokenPair {
	type level struct {
		inline bool // a table, else an array
		sure   bool
		brokenPair
	}
	levels := []level{{inline: true}}
	for at <= offset {
		top := &levels[len(levels)-1]
		if top.inline && top.key == nil {
			at += len(blank.Find(text[at:]))
			if key := keyText.FindSubmatch(text[at:]); key != nil && at <= offset {
				at += len(key[0])
				top.key, top.sure, top.value = partsOf(key[1]), len(key[2]) > 0, text[at:]
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
	var found brokenPair
	for _, l := range levels {
		if l.key == nil {
			continue
		}
		key := append(slices.Clip(table), l.key...)
		key = upToPassword(key[:min(len(key), deepest)])
		if !l.sure && refusal(key, nil) == nil {
			break
		}
		table, found = key, brokenPair{key, l.value}
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

// advice puts what goes for a known key's value in place of what go-toml found,
// where following that would lead to the next error.
func (p brokenPair) advice(found *problem) *problem {
	if found.code == NoValue {
		if refused := refusal(p.key, nil); refused != nil {
			return refused
		}
		return found
	}
	value := bytes.TrimLeft(p.value, " \t")
	refused := refusal(p.key, written(word.Find(value)))
	if refused == nil {
		return found
	}
	var instead []Code
	switch refused.code {
	case NotBool, NotInRange, NotSchema:
		instead = []Code{NoQuotes, QuoteOpen, BadEscape}
	case NotSource:
		instead = []Code{NoQuotes}
	default: // a text
		if lacksQuotes(value) {
			refused, instead = wrong(NoQuotes), []Code{BadChar, LineGoesOn, NotTOML}
		}
	}
	if slices.Contains(instead, found.code) {
		return refused
	}
	return found
}

// lacksQuotes tells a text like /srv/altv or 127.0.0.1:7788 from what has quotes,
// be they typographic ones, and from a second = sign.
func lacksQuotes(value []byte) bool {
	first, _ := utf8.DecodeRune(value)
	return unicode.IsLetter(first) || first > ' ' && first < unicode.MaxASCII && !strings.ContainsRune(`"'={`, first)
}
