package settings

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// TestEveryKeyHasADefaultInTheFile: the file that is made for a user has each key that is
// read, in the order of the fields of Settings, with the value that it has when it is left
// out. So has the settings block of the READMEs.
func TestEveryKeyHasADefaultInTheFile(t *testing.T) {
	for _, name := range []string{"default.toml", "../README.md", "../README.zh-Hans.md"} {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		text := string(data)
		if _, block, found := strings.Cut(text, "```toml\nschema = 1"); found {
			block, _, _ = strings.Cut(block, "```")
			text = "schema = 1" + block
		}
		got, err := Parse([]byte(text), name)
		if err != nil || !got.equal(Default()) {
			t.Errorf("%s does not have the defaults: %v, %+v", name, err, got)
		}
		var there []string
		for _, e := range linesOf([]byte(text)) {
			there = append(there, e.path())
		}
		wanted := allKeys()
		there = slices.DeleteFunc(there, func(path string) bool { return !slices.Contains(wanted, path) })
		if !slices.Equal(there, wanted) {
			t.Errorf("%s has the keys %q, want these in this order: %q", name, there, wanted)
		}
	}
}

func allKeys() []string {
	global, profile := Keys()
	all := []string{"schema"}
	for _, k := range global {
		all = append(all, k.Name)
	}
	for _, k := range profile {
		all = append(all, "profiles.0."+k.Name)
	}
	return all
}
