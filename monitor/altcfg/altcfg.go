// Package altcfg reads what the settings files of alt:V have in common, and the
// format that they had before TOML, in the client's altv.cfg and the server's
// server.cfg. That looks like YAML but is one of alt:V's own, seen in its public
// parser: values are 'quoted' with backslash escapes, where YAML has none, the
// first of two equal keys counts, and yes means true.
package altcfg

import (
	"bytes"
	"strings"

	"altv-tray/monitor/fault"
)

// Pair is a key outside of all braces, with its value.
type Pair struct {
	Key, Value string // Value is the raw text where it is a list or a table
	Start, End int    // where the value stands in the text, its quotes included
	Single     bool   // the value is neither a list nor a table
}

// Truth is what a value means where a truth is wanted.
func (p Pair) Truth() bool { return p.Single && (p.Value == "true" || p.Value == "yes") }

// Pairs reads a text without its byte order mark. An error is a *fault.Error
// without a file and quotes nothing of the text; at is where in it that is.
func Pairs(text []byte) (pairs []Pair, at int, err error) {
	s := scanner{text: text}
	pairs, err = s.pairs()
	return pairs, s.pos, err
}

type scanner struct {
	text []byte
	pos  int
}

func (s *scanner) pairs() ([]Pair, error) {
	var pairs []Pair
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

func (s *scanner) pair() (Pair, error) {
	start := s.pos
	key, err := s.scalar("\n:,]}#[{")
	if err != nil {
		return Pair{}, err
	}
	s.skipBlank(" \t")
	if s.pos == len(s.text) || s.text[s.pos] != ':' {
		s.pos = start
		return Pair{}, fault.New(fault.CfgKey, "")
	}
	s.pos++
	s.skipBlank(" \t\r\n")
	if s.pos == len(s.text) {
		s.pos = start
		return Pair{}, fault.New(fault.CfgValue, "")
	}
	pair := Pair{Key: key, Start: s.pos}
	switch s.text[s.pos] {
	case '[', '{':
		err = s.skipBrackets()
		pair.Value = string(s.text[pair.Start:s.pos])
	default:
		pair.Single = true
		// A colon within is no key's here: addresses and paths have some.
		pair.Value, err = s.scalar("\n,]}#")
	}
	if err == nil && s.pos == pair.Start {
		err = fault.New(fault.CfgValue, "")
	}
	pair.End = s.pos
	return pair, err
}

// skipBlank skips the white space given and comments.
func (s *scanner) skipBlank(white string) {
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

func (s *scanner) skipLine() {
	if i := bytes.IndexByte(s.text[s.pos:], '\n'); i >= 0 {
		s.pos += i
	} else {
		s.pos = len(s.text)
	}
}

// scalar reads a text in quotes, or one up to a byte of end; blanks after the
// latter are not part of it.
func (s *scanner) scalar(end string) (string, error) {
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

func (s *scanner) skipQuoted() error {
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
	return fault.New(fault.CfgQuote, "")
}

// skipBrackets skips a list or table with all that lies in it.
func (s *scanner) skipBrackets() error {
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
				return fault.New(fault.CfgCloses, "", "sign", string(c))
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
	return fault.New(fault.CfgBracket, "")
}

func unescape(text string) string {
	return escapes.Replace(text)
}

var escapes = strings.NewReplacer(`\n`, "\n", `\r`, "\r", `\'`, "'", `\"`, `"`, `\\`, `\`)
