package cli_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// root is where the documents lie.
const root = "../.."

// TestReadmesAreLevel: line by line the Chinese README has what the English one
// has: headings, rows, code, links, figures and whatever is typed.
func TestReadmesAreLevel(t *testing.T) {
	t.Chdir(root)
	english, chinese := outline(t, "README.md"), outline(t, "README.zh-Hans.md")
	if diff := cmp.Diff(english, chinese); diff != "" {
		t.Errorf("README.zh-Hans.md (+) differs from README.md (-):\n%s", diff)
	}
	if len(english) < 100 {
		t.Errorf("only %d lines were compared", len(english))
	}
}

var (
	listed  = regexp.MustCompile(`^(#+|\d\.|-|!)`)
	linked  = regexp.MustCompile(`\]\(([^)]*)\)`)
	figure  = regexp.MustCompile(`\d+(\.\d+)*`)
	inCode  = regexp.MustCompile("`[^`]*`")
	comment = regexp.MustCompile(`(^|\s)(#|//).*$`)
	typed   = regexp.MustCompile(`^` + "`" + `(altv-tray|go run|curl|--|[A-Z_]+` + "`" + `)|[%=\\/]|^` + "`" + `\S+\.(toml|exe|com|log)` + "`")
)

// outline returns each line that is not empty, without what depends on the language.
func outline(t *testing.T, name string) (lines []string) {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	code := false
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		fence := strings.HasPrefix(line, "```")
		code = code != fence
		mark := "text"
		switch {
		case line == "":
			continue
		case fence || code:
			lines = append(lines, strings.TrimSpace(comment.ReplaceAllString(line, "")))
			continue
		case strings.HasPrefix(line, "|"):
			mark = strings.Repeat("|", strings.Count(line, "|")) + " " + strings.Join(figure.FindAllString(line, -1), " ")
		case listed.MatchString(line):
			mark = listed.FindString(line)
		}
		var words []string
		for _, link := range linked.FindAllStringSubmatch(line, -1) {
			words = append(words, strings.NewReplacer(".zh-Hans", "", "-zh-Hans", "").Replace(link[1]))
		}
		for _, word := range inCode.FindAllString(line, -1) {
			if typed.MatchString(word) { // and not the name of something in the menu
				words = append(words, word)
			}
		}
		slices.Sort(words)
		lines = append(lines, strings.Join(append([]string{mark}, slices.Compact(words)...), " "))
	}
	return lines
}

// TestContributingNamesItsTests: each test that it names is there; one that ends
// in … stands for all that begin so.
func TestContributingNamesItsTests(t *testing.T) {
	t.Chdir(root)
	guide, err := os.ReadFile("CONTRIBUTING.md")
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	err = filepath.WalkDir(".", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path)
		for _, name := range regexp.MustCompile(`(?m)^func (Test\w+)\(`).FindAllStringSubmatch(string(text), -1) {
			all = append(all, name[1])
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile(`\b(Test[A-Z]\w*)(…?)`).FindAllStringSubmatch(string(guide), -1)
	for _, name := range named {
		if !slices.ContainsFunc(all, func(test string) bool { return test == name[1] || name[2] != "" && strings.HasPrefix(test, name[1]) }) {
			t.Errorf("there is no %s", name[0])
		}
	}
	if len(named) < 5 {
		t.Errorf("only %d tests are named", len(named))
	}
}
