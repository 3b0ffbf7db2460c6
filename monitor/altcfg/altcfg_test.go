package altcfg

import (
	"slices"
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

func FuzzPairs(f *testing.F) {
	f.Add([]byte("a: 'b\\'c'\nd: [ e ]"))
	f.Fuzz(func(t *testing.T, text []byte) {
		pairs, at, err := Pairs(text)
		if err != nil && at > len(text) {
			t.Fatalf("the error is at %d of %d", at, len(text))
		}
		for _, p := range pairs {
			if p.Start > p.End || p.End > len(text) {
				t.Fatalf("%q stands at %d to %d of %d", p.Key, p.Start, p.End, len(text))
			}
		}
	})
}
