package altcfg

import (
	"bytes"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pelletier/go-toml/v2"
	"pgregory.net/rapid"

	"altv-tray/monitor/problem"
)

func TestSwitchDebugOn(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"off", "# mine\nname='x'\n  debug  =  false  # off\nbranch = 'dev'\n", "# mine\nname='x'\n  debug  =  true  # off\nbranch = 'dev'\n"},
		{"windows", "\uFEFFa = 1\r\n\"debug\" = false\r\n[b]\r\ndebug = false\r\n", "\uFEFFa = 1\r\n\"debug\" = true\r\n[b]\r\ndebug = false\r\n"},
		{"already on", "debug = true # on", "debug = true # on"},
		{"quoted", "debug = 'true'", "debug = true"},
		{"number", "debug = 0", "debug = true"},
		{"missing", "a = 1 # one\n\n[t]\nb = 2\n", "debug = true\na = 1 # one\n\n[t]\nb = 2\n"},
		{"missing, windows", "a = 1\r\n[t]\r\n", "debug = true\r\na = 1\r\n[t]\r\n"},
		{"missing, no line end", "a = 1", "debug = true\na = 1"},
		{"missing, value of lines", "a = [\n 1,\n]\n# end", "debug = true\na = [\n 1,\n]\n# end"},
		{"missing, table first", "\uFEFF# top\r\n[debugger]\r\n", "\uFEFFdebug = true\r\n# top\r\n[debugger]\r\n"},
		{"missing, comment only", "# debug = false", "debug = true\n# debug = false"},
		{"empty", "", "debug = true\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			folder := t.TempDir()
			file := filepath.Join(folder, "altv.toml")
			write(t, file, test.text)
			if err := SwitchDebugOn(file); err != nil {
				t.Fatal(err)
			}
			if got := content(t, file); got != test.want {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
			if err := SwitchDebugOn(file); err != nil {
				t.Errorf("again: %v", err)
			}
			onlyFiles(t, folder, "altv.toml")
		})
	}
}

func TestSwitchDebugOnRefuses(t *testing.T) {
	tests := []struct{ name, text string }{
		{"table", "[debug]\nx = 1"},
		{"dotted", "debug.x = 1"},
		{"inline table", "debug = { x = 1 }"},
		{"list", "debug = [ 'x' ]"},
		{"text of words", "debug = 'a b'"},
		{"a line of a text first", "a = \"\"\"\ndebug = 1\n\"\"\"\ndebug = false"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			folder := t.TempDir()
			file := filepath.Join(folder, "altv.toml")
			write(t, file, test.text)
			if err := SwitchDebugOn(file); err == nil || !strings.Contains(err.Error(), "altv.toml: debug: no_place_for_debug") {
				t.Error(err)
			}
			if got := content(t, file); got != test.text {
				t.Errorf("now %q", got)
			}
			onlyFiles(t, folder, "altv.toml")
		})
	}
	if err := SwitchDebugOn(filepath.Join(t.TempDir(), "altv.toml")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
}

// Any valid altv.toml is the same afterwards but for debug, or it is refused.
func TestWithDebugOnProperty(t *testing.T) {
	pieces := rapid.SampledFrom([]string{
		"debug = false", "debug = true", "\"debug\" = 'x'", "debug.a = 1", "debug = []", "# debug = false", "",
		"a = 1", "  b = \"\"\"\ndebug = false\n\"\"\"", "c = 'debug = false' # [d]", "e = [ 1,\n # debug = false\n 2 ]",
		"f = { debug = false }", "g = nan", "h = 1979-05-27T07:32:00Z", "i = 07:32:00", "j.debug = false", "'k l' = inf",
		"[t]", "[t2]\ndebug = false", "[[u]]", "[[u]]\ndebug = true", "[v.debug]", "\tlastip = '127.0.0.1:7788'", "branch = 'dev'",
	})
	rapid.Check(t, func(t *rapid.T) {
		lines := rapid.SliceOfN(pieces, 0, 8).Draw(t, "lines")
		text := strings.Join(lines, rapid.SampledFrom([]string{"\n", "\r\n"}).Draw(t, "line end"))
		text = rapid.SampledFrom([]string{"", "\uFEFF"}).Draw(t, "mark") + text + rapid.SampledFrom([]string{"", "\n"}).Draw(t, "end")
		checkWithDebugOn(t, []byte(text))
	})
}

func FuzzWithDebugOn(f *testing.F) {
	for _, text := range []string{"", "debug = false\n[a]\nb = 1", "a = [\n1]\n[b]", "\uFEFF'debug'=0#", "x = nan\r\n[debug]", "a.b = {c = 1}"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) { checkWithDebugOn(t, text) })
}

func checkWithDebugOn(t interface {
	Helper()
	Fatalf(string, ...any)
}, text []byte) {
	t.Helper()
	before := map[string]any{}
	if toml.Unmarshal(bytes.TrimPrefix(text, []byte("\uFEFF")), &before) != nil || bytes.Count(text, []byte("\n")) > 1000 {
		return
	}
	edited, err := withDebugOn("altv.toml", text, maps.Clone(before))
	if err != nil {
		if _, set := before["debug"]; !set || problem.CodeOf(err) != problem.NoPlaceForDebug {
			t.Fatalf("%q: %v", text, err)
		}
		return
	}
	switch before["debug"].(type) {
	case map[string]any, []any:
		t.Fatalf("%q: became %q", text, edited)
	}
	after := map[string]any{}
	if err := toml.Unmarshal(bytes.TrimPrefix(edited, []byte("\uFEFF")), &after); err != nil || after["debug"] != true {
		t.Fatalf("%q: became %q: %v", text, edited, err)
	}
	before["debug"] = true
	want, err := toml.Marshal(before)
	if err != nil {
		return // go-toml reads some things that it does not write
	}
	if got, err := toml.Marshal(after); err != nil || !bytes.Equal(got, want) {
		t.Fatalf("%q: became %q: %q, want %q", text, edited, got, want)
	}
	if !slices.Equal(slices.Sorted(maps.Keys(before)), slices.Sorted(maps.Keys(after))) {
		t.Fatalf("%q: became %q", text, edited)
	}
	// All bytes but one stretch are the old ones, in their order.
	head := 0
	for head < min(len(text), len(edited)) && text[head] == edited[head] {
		head++
	}
	tail := 0
	for tail < min(len(text), len(edited))-head && text[len(text)-1-tail] == edited[len(edited)-1-tail] {
		tail++
	}
	if put := edited[head : len(edited)-tail]; bytes.Count(put, []byte("\n")) > 2 || len(put) > len("\r\ndebug = true\r\n") {
		t.Fatalf("%q: became %q: too much is new: %q", text, edited, put)
	}
}

func TestSwitchDebugOnReadOnly(t *testing.T) {
	file := filepath.Join(t.TempDir(), "server.toml")
	write(t, file, "debug = false")
	if err := os.Chmod(file, 0o400); err != nil {
		t.Fatal(err)
	}
	if err := SwitchDebugOn(file); problem.CodeOf(err) != problem.ReadOnly {
		t.Error(err)
	}
	if got := content(t, file); got != "debug = false" {
		t.Errorf("now %q", got)
	}
	_ = os.Chmod(file, 0o600) // else Windows cannot remove it
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func content(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// onlyFiles sees to it that nothing was left over.
func onlyFiles(t *testing.T, folder string, names ...string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, entry := range entries {
		got = append(got, entry.Name())
	}
	if !slices.Equal(got, slices.Sorted(slices.Values(names))) {
		t.Errorf("in the folder: %q, want %q", got, names)
	}
}
