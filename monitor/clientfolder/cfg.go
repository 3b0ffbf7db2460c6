package clientfolder

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
)

// cfgPair is a key of an altv.cfg outside of all braces.
type cfgPair struct {
	key, value string // value is the raw text where it is a list or a table
	at         span   // the value, its quotes included
	single     bool
}

// takeApartCfg reads an altv.cfg without its byte order mark. The line is that of
// the error. The format looks like YAML but is one of alt:V's own, seen in its
// public parser: values are 'quoted' with backslash escapes, where YAML has none,
// the first of two equal keys counts, and yes means true.
func takeApartCfg(text []byte) (d document, line int, err error) {
	s := cfgScanner{text: text}
	pairs, err := s.pairs()
	if err != nil {
		return document{}, lineOf(text, s.pos), err
	}
	var debug *cfgPair
	var rest strings.Builder
	for _, pair := range pairs {
		switch {
		case pair.key == "debug" && debug == nil:
			debug = &pair
			continue
		case pair.key == "branch" && d.branch == nil && pair.single:
			d.branch = &pair.value
		case pair.key == "lastip" && d.lastIP == nil && pair.single:
			d.lastIP = &pair.value
		}
		fmt.Fprintf(&rest, "%q: %q\n", pair.key, pair.value)
	}
	d.rest = rest.String()
	switch {
	case debug == nil:
		d.withDebug = addedAfter(text, len(text), "debug: 'true'")
	case debug.single:
		d.debug = debug.value == "true" || debug.value == "yes"
		quote := ""
		if first := text[debug.at.start : debug.at.start+1]; first[0] == '\'' || first[0] == '"' {
			quote = string(first)
		}
		d.withDebug = debug.at.replaced(text, quote+"true"+quote)
	}
	return d, 0, nil
}

type cfgScanner struct {
	text []byte
	pos  int
}

func (s *cfgScanner) pairs() ([]cfgPair, error) {
	var pairs []cfgPair
	for {
		s.skipBlank(" \t\r\n,")
		if s.pos == len(s.text) {
			return pairs, nil
		}
		pair, err := s.pair()
		if err != nil {
			return nil, err
		}
		pairs = append(pairs, pair)
	}
}

func (s *cfgScanner) pair() (cfgPair, error) {
	start := s.pos
	key, err := s.scalar("\n:,]}#[{")
	if err != nil {
		return cfgPair{}, err
	}
	s.skipBlank(" \t")
	if s.pos == len(s.text) || s.text[s.pos] != ':' {
		s.pos = start
		return cfgPair{}, errors.New("a key and a colon are expected")
	}
	s.pos++
	s.skipBlank(" \t\r\n")
	if s.pos == len(s.text) {
		s.pos = start
		return cfgPair{}, errors.New("a value is expected after the colon")
	}
	pair := cfgPair{key: key, at: span{s.pos, s.pos}}
	switch s.text[s.pos] {
	case '[', '{':
		err = s.skipBrackets()
		pair.value = string(s.text[pair.at.start:s.pos])
	default:
		pair.single = true
		// A colon within is no key's here: addresses and paths have some.
		pair.value, err = s.scalar("\n,]}#")
	}
	if err == nil && s.pos == pair.at.start {
		err = errors.New("a value is expected after the colon")
	}
	pair.at.end = s.pos
	return pair, err
}

// skipBlank skips the white space given and comments.
func (s *cfgScanner) skipBlank(white string) {
	for s.pos < len(s.text) {
		switch c := s.text[s.pos]; {
		case strings.IndexByte(white, c) >= 0:
			s.pos++
		case c == '#':
			s.skipLine()
		default:
			return
		}
	}
}

func (s *cfgScanner) skipLine() {
	if i := bytes.IndexByte(s.text[s.pos:], '\n'); i >= 0 {
		s.pos += i
	} else {
		s.pos = len(s.text)
	}
}

// scalar reads a text in quotes, or one up to a byte of end; blanks after the
// latter are not part of it.
func (s *cfgScanner) scalar(end string) (string, error) {
	start := s.pos
	if s.pos < len(s.text) && (s.text[s.pos] == '\'' || s.text[s.pos] == '"') {
		err := s.skipQuoted()
		return unescape(string(s.text[start+1 : max(start+1, s.pos-1)])), err
	}
	for s.pos < len(s.text) && strings.IndexByte(end, s.text[s.pos]) < 0 {
		s.pos++
	}
	raw := bytes.TrimRight(s.text[start:s.pos], " \t\r")
	s.pos = start + len(raw)
	return unescape(string(raw)), nil
}

func (s *cfgScanner) skipQuoted() error {
	start := s.pos
	quote := s.text[s.pos]
	for s.pos++; s.pos < len(s.text); s.pos++ {
		switch s.text[s.pos] {
		case '\\':
			s.pos++
		case quote:
			s.pos++
			return nil
		}
	}
	s.pos = start
	return errors.New("the quotation mark is not closed")
}

// skipBrackets skips a list or table with all that lies in it.
func (s *cfgScanner) skipBrackets() error {
	start := s.pos
	var open []byte
	for s.pos < len(s.text) {
		switch c := s.text[s.pos]; c {
		case '[':
			open = append(open, ']')
		case '{':
			open = append(open, '}')
		case ']', '}':
			if open[len(open)-1] != c {
				return fmt.Errorf("%q closes nothing", c)
			}
			if open = open[:len(open)-1]; len(open) == 0 {
				s.pos++
				return nil
			}
		case '#':
			s.skipLine()
			continue
		case '\'', '"':
			if err := s.skipQuoted(); err != nil {
				return err
			}
			continue
		}
		s.pos++
	}
	s.pos = start
	return errors.New("the bracket is not closed")
}

func unescape(text string) string {
	return cfgEscapes.Replace(text)
}

var cfgEscapes = strings.NewReplacer(`\n`, "\n", `\r`, "\r", `\'`, "'", `\"`, `"`, `\\`, `\`)
