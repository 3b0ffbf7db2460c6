package settings

import (
	"bytes"
	"errors"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2/unstable"

	"altv-tray/monitor/problem"
)

func FuzzParse(f *testing.F) {
	for _, text := range fuzzSeeds {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := Parse(data, "f")
		checkProblem(t, data, err)
		// A byte order mark changes nothing.
		if marked, markedErr := Parse(slices.Concat(byteOrderMark, data), "f"); !bytes.HasPrefix(data, byteOrderMark) &&
			((err == nil) != (markedErr == nil) || err == nil && !s.equal(marked)) {
			t.Errorf("%q with a mark: %+v, %v; without %+v, %v", data, marked, markedErr, s, err)
		}
		// A password that somebody wrote into the file is never shown.
		const secret = "hunter2"
		own := slices.Concat(data, []byte("\n[[profiles]]\nname = \"of his own\"\npassword = \""+secret+"\"\n"))
		if _, err := Parse(own, "f"); err == nil || strings.Contains(err.Error(), secret) && !bytes.Contains(data, []byte(secret)) {
			t.Errorf("%q: %v", own, err)
		}
		if err != nil {
			return
		}
		if broken := whyNotValid(s); broken != "" {
			t.Errorf("%q: %s: %+v", data, broken, s)
		}
	})
}

// checkProblem sees to it that an error has one line and its place in the file.
func checkProblem(t *testing.T, data []byte, err error) {
	t.Helper()
	if err == nil {
		return
	}
	var located *problem.Problem
	if !errors.As(err, &located) || located.Code == "" || strings.ContainsAny(err.Error(), "\n\r") {
		t.Fatalf("%q: not a one-line Problem: %#v", data, err)
	}
	if lines := bytes.Count(data, []byte("\n")) + 1; located.Line < 0 || located.Line > lines {
		t.Fatalf("%q: %v: line %d", data, err, located.Line)
	}
}

// whyNotValid says it anew what Settings promises of each field.
func whyNotValid(s Settings) string {
	auto, names := s.AutoReconnect, map[string]bool{}
	for _, p := range s.Profiles {
		runes := []rune(p.Name)
		switch {
		case len(runes) < 1 || len(runes) > 64 || slices.ContainsFunc(runes, unicode.IsControl) || names[strings.ToLower(p.Name)]:
			return "a profile's name"
		case p.Ready != ReadyPort && p.Ready != ReadyLog && p.Ready != ReadySignal, p.Password != PasswordKeyring && p.Password != PasswordNone:
			return "a profile's choices"
		case p.ReadyDelay < 0 || p.ReadyDelay > 10*time.Minute:
			return "ready_delay"
		case !strings.Contains(p.Server, ":") || strings.ContainsAny(p.Server, " \t\r\n/@"):
			return "a server's address"
		case strings.ContainsFunc(p.Folder, unicode.IsControl):
			return "a server's folder"
		}
		names[strings.ToLower(p.Name)] = true
	}
	at, err := netip.ParseAddrPort(s.Client.Address)
	near := err == nil && at.Addr().Unmap().IsLoopback() || strings.HasPrefix(strings.ToLower(s.Client.Address), "localhost:")
	switch _, named := s.Find(s.Profile); {
	case s.Schema != 1, !named:
		return "the schema or the profile"
	case !near && !s.Client.AllowRemote, err == nil && at.Port() == 0:
		return "the client's address"
	case strings.ContainsFunc(s.Client.Folder, unicode.IsControl):
		return "the client's folder"
	case !slices.Contains([]Language{LanguageAuto, "en", "zh-Hans", "de", "ru"}, s.Language):
		return "the language"
	case auto.WhenDropped != DroppedServerDown && auto.WhenDropped != DroppedAlways && auto.WhenDropped != DroppedNever:
		return "when_dropped"
	case auto.Attempts < 1 || auto.Attempts > 100, auto.Delay < 0 || auto.Delay > time.Hour:
		return "attempts or delay"
	case auto.JoinTimeout < time.Second || auto.JoinTimeout > time.Hour:
		return "join_timeout"
	}
	if c := s.Hotkey.Reconnect; c != (Combination{}) && (!slices.Contains(HotkeyKeys(), c.Key) || c.Mods&(Ctrl|Alt) == 0 || c.Mods > Ctrl|Alt|Shift) {
		return "the hotkey"
	}
	return ""
}

// FuzzSet: what is set is read back, and neither another key, nor a comment, nor
// another byte of the file has changed. What is not valid is refused.
func FuzzSet(f *testing.F) {
	for i, text := range fuzzSeeds {
		f.Add([]byte(text), uint8(i), `a "b" \c`, int64(i))
		f.Add([]byte(text), uint8(i+7), "default", int64(90*time.Second))
		f.Add([]byte(text), uint8(2), "127.0.0.1:9224", int64(1))
	}
	f.Add([]byte("[client]\naddress = '''\n127.0.0.1:1''' # c"), uint8(2), "localhost:1", int64(0))
	f.Add([]byte("client = { folder = 'a', # c\n }"), uint8(2), "[::1]:9223", int64(0))
	for pick := range 32 {
		f.Add([]byte("[hotkey]\nreconnect = 'Alt+R' # c"), uint8(pick), "Ctrl+F9", int64(1))
	}
	keys, _ := Keys()
	f.Fuzz(func(t *testing.T, data []byte, pick uint8, text string, number int64) {
		before, err := Parse(data, "f")
		if err != nil {
			return
		}
		key := keys[int(pick)%len(keys)].Name
		table, name, nested := strings.Cut(key, ".")
		if !nested {
			table, name = "", key
		}
		switch keys[int(pick)%len(keys)].Kind {
		case Bool:
			text = strconv.FormatBool(number&1 == 1)
		case Int:
			text = strconv.FormatInt(number, 10)
		case Duration:
			text = Values(Profile{ReadyDelay: time.Duration(number)})["ready_delay"]
		}
		want := before.clone()
		refused := !utf8.ValidString(text)
		for _, f := range keysOf(&want) {
			if f.name == key {
				refused = f.set(f.parseText(text)) != nil || refused
			}
		}
		refused = refused || want.fill(nil) != nil
		edited, err := edit(data, "settings.toml", key, text)
		if problem.CodeOf(err) == problem.NoPlace {
			return // TestSet has the files in which every key can be changed
		}
		if refused {
			if err == nil || edited != nil {
				t.Fatalf("%q: %s = %v is not valid, and it became %q", data, key, text, edited)
			}
			return
		}
		if err != nil {
			t.Fatalf("%q: %s = %v: %v", data, key, text, err)
		}
		if after, err := Parse(edited, "f"); err != nil || !after.equal(want) {
			t.Fatalf("%q: %s = %v: became %q: %v", data, key, text, edited, err)
		}
		if was, is := comments(data), comments(edited); !slices.Equal(was, is) {
			t.Fatalf("%q: %s = %v: became %q: its comments were %q, are %q", data, key, text, edited, was, is)
		}
		checkOneStretch(t, data, edited, table, name)
		if again, err := edit(edited, "settings.toml", key, text); err != nil || !bytes.Equal(again, edited) {
			t.Fatalf("%q: set again: %q, %v", edited, again, err)
		}
	})
}

// checkOneStretch: the new value stands in place of the old one; a key that was
// not there is put between two parts that stay.
func checkOneStretch(t *testing.T, old, edited []byte, table, name string) {
	t.Helper()
	mark, text := cutBOM(old)
	var head, tail []byte
	if i := slices.IndexFunc(linesOf(text), func(l line) bool { return l.path() == joinKey(table, name) && l.value.end > 0 }); i >= 0 {
		at := linesOf(text)[i].value
		head, tail = old[:len(mark)+at.start], text[at.end:]
	} else {
		n := 0
		for n < len(old) && old[n] == edited[n] {
			n++
		}
		head, tail = old[:n], old[n:]
	}
	if !bytes.HasPrefix(edited, head) || !bytes.HasSuffix(edited, tail) || len(edited) < len(head)+len(tail) {
		t.Fatalf("%q: %s: became %q", old, name, edited)
	}
}

// comments returns all of a file's, in their order.
func comments(data []byte) []string {
	_, text := cutBOM(data)
	parser := unstable.Parser{KeepComments: true}
	parser.Reset(text)
	var all []string
	var collect func(node *unstable.Node)
	collect = func(node *unstable.Node) {
		if node.Kind == unstable.Comment {
			all = append(all, strings.TrimRight(string(node.Data), "\r"))
			return
		}
		for children := node.Children(); children.Next(); {
			collect(children.Node())
		}
	}
	for parser.NextExpression() {
		collect(parser.Expression())
	}
	return all
}

var fuzzSeeds = []string{
	"", "\ufeff# a\r\n", string(defaultFile),
	"client = { folder = '' } # x\n[notifications]#y",
	"client.folder = '#'\n[[profiles]]\nname = 'default'\n[notifications]\n ready=false",
	"profiles = [ { name = \"default\" }, ]\nlanguage = 'de'",
	"[auto_reconnect]\nattempts = 0", "a.b.c.d.e = 1", "schema = 9", "password = 'x", "'a\\b' = 1",
	"notifications = { ready = true, }",
	"notifications = { ready = true, joined = yes }", "profiles = [ { name = 'a' }, { 'name' = a", "[client]\nfolder = \"\"\"\n\\ ",
	"[[profiles]]\nserver = 127.0.0.1:7788", "[auto_reconnect]\nattempts = # x\nattempts = 1", "[profiles.password]\na.b",
}
