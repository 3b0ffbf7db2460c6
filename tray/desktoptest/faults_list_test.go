package desktoptest

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestFaultsAreListed compares FAULTS.md with the tests, on every system: each test that
// it names exists, and it names each test of a fault.
func TestFaultsAreListed(t *testing.T) {
	tests := map[string]bool{}
	function := regexp.MustCompile(`(?m)^func (Test[A-Z]\w*)\(`)
	err := filepath.WalkDir(filepath.Join("..", ".."), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path)
		for _, match := range function.FindAllSubmatch(text, -1) {
			tests[string(match[1])] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	list, err := os.ReadFile("FAULTS.md")
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]bool{}
	for _, name := range regexp.MustCompile(`\bTest[A-Z]\w*`).FindAllString(string(list), -1) {
		named[name] = true
		if !tests[name] {
			t.Errorf("FAULTS.md names %s, which is no test", name)
		}
	}
	for name := range tests {
		if strings.HasPrefix(name, "TestDesktopFault") && !named[name] {
			t.Errorf("FAULTS.md does not name %s", name)
		}
	}
	if len(named) == 0 {
		t.Error("FAULTS.md names no test")
	}
}
