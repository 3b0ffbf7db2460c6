package autostart

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestExec(t *testing.T) {
	for _, test := range []struct {
		words []string
		want  string
	}{
		{[]string{"/usr/bin/altv-tray"}, `/usr/bin/altv-tray`},
		{[]string{"/usr/bin/altv-tray", "--settings", "/a/b.toml", "run"}, `/usr/bin/altv-tray --settings /a/b.toml run`},
		{[]string{"/opt/alt v/tray"}, `"/opt/alt v/tray"`},
		{[]string{"/bin/a", "100%", "%u b"}, `/bin/a 100%% "%%u b"`},
		{[]string{`/opt/a"b/tray`}, `"/opt/a\\"b/tray"`},
		{[]string{`/opt/a'b/tray`}, `"/opt/a'b/tray"`},
		{[]string{`/opt/a\b/tray`}, `"/opt/a\\\\b/tray"`},    // four: an example of the specification
		{[]string{`/opt/$HOME/tray`}, `"/opt/\\$HOME/tray"`}, // the same
		{[]string{"/opt/a`b/tray"}, "\"/opt/a\\\\`b/tray\""},
		{[]string{"/opt/~(a);b&c|d<e>f*g?h#/tray"}, `"/opt/~(a);b&c|d<e>f*g?h#/tray"`},
		{[]string{"/opt/a\tb\nc\rd"}, `"/opt/a\tb\nc\rd"`},
		{[]string{"/opt/größe/游戏"}, `/opt/größe/游戏`},
		{[]string{"/bin/a", "", "key=value"}, `/bin/a "" key=value`},
	} {
		got, err := exec(test.words[0], test.words[1:])
		if got != test.want || err != nil {
			t.Errorf("%q: %s, %v; want %s", test.words, got, err, test.want)
		}
		back, err := parseExec(got)
		if diff := cmp.Diff(test.words, back); diff != "" || err != nil {
			t.Errorf("%s: %v (-want +got)\n%s", got, err, diff)
		}
	}
	for _, words := range [][]string{{"/opt/a=b/tray"}, {"/opt/100%/tray"}, {"/opt/\xff"}, {"/bin/a", "\x00"}} {
		if got, err := exec(words[0], words[1:]); err == nil {
			t.Errorf("%q became %s", words, got)
		}
	}
}

func TestPropertyExec(t *testing.T) {
	word := rapid.OneOf(rapid.String(), rapid.StringOfN(rapid.RuneFrom([]rune("ab \t\n\r\"'\\%$`=~;us")), 0, 12, -1))
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(word, 1, 5).Draw(t, "words")
		value, err := exec(words[0], words[1:])
		if refused := strings.ContainsAny(words[0], "=%") || strings.ContainsRune(strings.Join(words, ""), 0); refused != (err != nil) {
			t.Fatalf("%q: %v", words, err)
		}
		if err != nil {
			return
		}
		keys := entryKeys("[Desktop Entry]\nExec=" + value + "\nHidden=false\n")
		got, err := parseExec(keys["Exec"])
		if err != nil || !slices.Equal(got, words) {
			t.Fatalf("%q became %s, read as %q, %v", words, value, got, err)
		}
	})
}

func TestParseExec(t *testing.T) {
	for value, want := range map[string][]string{
		``:                          nil,
		`  a   b  `:                 {"a", "b"},
		`a %u %% %`:                 {"a", "%"},
		`"/a b\$c" x`:               {"/a b$c", "x"}, // one backslash where two belong
		`/a\sb`:                     {"/a", "b"},
		`"a"b`:                      {"a", "b"},
		`env "X=\\"1\\"" altv-tray`: {"env", `X="1"`, "altv-tray"},
	} {
		if got, err := parseExec(value); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %q, %v; want %q", value, got, err, want)
		}
	}
	for _, value := range []string{`"a`, `a\`, `"a\\"`} {
		if got, err := parseExec(value); err == nil {
			t.Errorf("%s: %q", value, got)
		}
	}
}

func TestEntryKeys(t *testing.T) {
	got := entryKeys("# a comment\r\nExec=before\r\n[Desktop Entry]\r\nExec = a = b \r\n#Exec=c\nName[de]=d\nnothing\n\n[Desktop Action x]\nExec=e\n")
	if diff := cmp.Diff(map[string]string{"Exec": "a = b", "Name[de]": "d"}, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
