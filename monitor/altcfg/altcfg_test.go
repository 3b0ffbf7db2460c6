package altcfg

import (
	"slices"
	"strings"
	"testing"
)

func TestPairs(t *testing.T) {
	text := "# a comment\nname: 'O\\'Brien', port: 7788\nmodules: [ js-module, 'a]' ]\nvoice: {\n  port: 1\n}\ndebug: yes # on\n"
	pairs, _, err := Pairs([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	type pair struct {
		key, value string
		single     bool
	}
	want := []pair{{"name", "O'Brien", true}, {"port", "7788", true}, {"modules", "[ js-module, 'a]' ]", false}, {"voice", "{\n  port: 1\n}", false}, {"debug", "yes", true}}
	var got []pair
	for _, p := range pairs {
		got = append(got, pair{p.Key, p.Value, p.Single})
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if last := pairs[len(pairs)-1]; !last.Truth() || text[last.Start:last.End] != "yes" {
		t.Errorf("the last is %+v", last)
	}
}

func TestPairsBroken(t *testing.T) {
	for _, text := range []string{"name", "name:", "name: 'x", "list: [ {", "list: [ } ]"} {
		if pairs, at, err := Pairs([]byte(text)); err == nil || at > len(text) {
			t.Errorf("%q: %v at %d, %v", text, pairs, at, err)
		}
	}
}

// FuzzPairs: each value stands where it is said to, in the file's order, and
// pairs that are written down quoted are read again as they were.
func FuzzPairs(f *testing.F) {
	for _, text := range []string{
		"a: 'b\\'c'\nd: [ e ]", "", "# c\na: b # d\r\n'e f': \"g\\\\\", h: { i: 'j }' }", "a: b: c, d:e\nf : 'x' # y", "a: 'b\\\\n\\n'", "a: [ # ]\n]", "a:\n\n b",
		"'': ''", "a: 'b", "a: \"b\\", "a", "a: ]", "a: {]", "\\: \\",
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		pairs, at, err := Pairs(text)
		if err != nil {
			if pairs != nil || at < 0 || at > len(text) || strings.ContainsAny(err.Error(), "\r\n") {
				t.Fatalf("%q: %v, %v at %d", text, pairs, err, at)
			}
			return
		}
		var written []byte
		end := 0
		for _, p := range pairs {
			if p.Start < end || p.Start >= p.End || p.End > len(text) {
				t.Fatalf("%q: %q stands at %d to %d, after what ends at %d", text, p.Key, p.Start, p.End, end)
			}
			end = p.End
			stands := text[p.Start:p.End]
			if bracket := stands[0] == '[' || stands[0] == '{'; p.Single == bracket {
				t.Fatalf("%q: %q is %q, single: %v", text, p.Key, stands, p.Single)
			}
			if !p.Single {
				if string(stands) != p.Value || p.Truth() {
					t.Fatalf("%q: %q is %q, not %q", text, p.Key, p.Value, stands)
				}
				written = append(written, quoted(p.Key)+": "+p.Value+"\n"...)
				continue
			}
			// Alone it is read the same.
			alone, _, err := Pairs(append([]byte("k: "), stands...))
			if err != nil || len(alone) != 1 || alone[0].Value != p.Value || alone[0].Truth() != (p.Value == "true" || p.Value == "yes") {
				t.Fatalf("%q: %q alone is %+v, %v", text, stands, alone, err)
			}
			written = append(written, quoted(p.Key)+": "+quoted(p.Value)+"\n"...)
		}
		again, _, err := Pairs(written)
		same := slices.EqualFunc(pairs, again, func(a, b Pair) bool { return a.Key == b.Key && a.Value == b.Value && a.Single == b.Single })
		if err != nil || !same {
			t.Fatalf("%q is %+v; written as %q it is %+v, %v", text, pairs, written, again, err)
		}
	})
}

func quoted(text string) string {
	return "'" + strings.NewReplacer("\\", `\\`, "'", `\'`, "\n", `\n`, "\r", `\r`).Replace(text) + "'"
}
