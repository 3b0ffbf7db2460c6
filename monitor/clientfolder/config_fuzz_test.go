package clientfolder

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pelletier/go-toml/v2"
)

// FuzzReadConfig: what is read is what a plain reader of the format finds under
// the same keys, and an error has one line, and its place in the file.
func FuzzReadConfig(f *testing.F) {
	for _, text := range []string{
		"", "\ufeffdebug = true\r\nlastip = '10.0.0.1:7799'", "debug = 'true'\nbranch = 5", "Debug = true\nLASTIP = 'x'", "[debug]\nx = 1",
		"'debug' = true # c\nlastip.x = 1\n[branch]", "debug = true\ndebug = false", "\"a\\nb\" = 1\n\"a\\nb\" = 2", "lastip = \"\"\"\ndebug = true\"\"\"",
		"branch = nan\nlastip = 2020-02-02", "[[debug]]\n[[lastip]]", "a = [ { debug = true }, ]", "branch = [[[",
	} {
		f.Add([]byte(text))
	}
	dir := f.TempDir()
	file := filepath.Join(dir, tomlName)
	f.Fuzz(func(t *testing.T, text []byte) {
		if err := os.WriteFile(file, text, 0o600); err != nil {
			t.Fatal(err)
		}
		got, err := ReadConfig(dir)
		want, valid := plainTOML(text)
		want.File = file
		if valid != (err == nil) || valid && got != want {
			t.Errorf("%q: %+v, %v; want %+v, valid %v", text, got, err, want, valid)
		}
		if err == nil {
			return
		}
		line := 0
		if _, scanned := fmt.Sscanf(strings.TrimPrefix(err.Error(), file), ":%d: ", &line); scanned != nil || strings.ContainsAny(err.Error(), "\r\n") ||
			line < 1 || line > 1+bytes.Count(text, []byte("\n")) || got != (Config{}) {
			t.Errorf("%q: %+v, %q", text, got, err)
		}
	})
}

// plainTOML reads into a map and knows of no places and limits.
func plainTOML(text []byte) (c Config, valid bool) {
	values := map[string]any{}
	if toml.Unmarshal(bytes.TrimPrefix(text, []byte("\ufeff")), &values) != nil {
		return c, false
	}
	c = Config{Debug: values["debug"] == true, LastIP: "127.0.0.1:7788"}
	if last, is := values["lastip"].(string); is {
		c.LastIP = last
	}
	return c, true
}
