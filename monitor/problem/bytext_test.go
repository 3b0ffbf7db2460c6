package problem

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// readsText are the places that take the text of an error, and what for. None
// decides by the text of an error of our own; those that decide by somebody
// else's have no other sign.
var readsText = map[string]string{
	"monitor/clientfolder/log.go": "decides by the words of the client's log",
	"settings/keyring_linux.go": "decides by go-keyring's words for a locked collection, and by godbus' for no bus, " +
		"which have no type",

	"monitor/gameserver/log.go":  "shows the system's message",
	"monitor/problem/problem.go": "shows the cause",
	"settings/parse.go":          "shows go-toml's message",
	"tray/errtext/errtext.go":    "puts sentences in the place of codes",
	"tray/hotkey/hotkey.go":      "shows the system's message",
}

// TestNothingElseReadsTheTextOfAnError: a new place is for a Code, or for this list.
func TestNothingElseReadsTheTextOfAnError(t *testing.T) {
	const root = "../.."
	var found []string
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && slices.Contains([]string{"desktoptest", "benchmark", "simulator", "assets", ".git"}, d.Name()) {
			return filepath.SkipDir
		}
		if filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		text, err := os.ReadFile(path)
		if name, _ := filepath.Rel(root, path); strings.Contains(string(text), ".Error()") || strings.Contains(string(text), `"connection failed"`) {
			found = append(found, filepath.ToSlash(name))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range found {
		if readsText[name] == "" {
			t.Errorf("%s takes the text of an error", name)
		}
	}
	for name := range maps.Keys(readsText) {
		if !slices.Contains(found, name) {
			t.Errorf("%s does not take the text of an error any more", name)
		}
	}
}
