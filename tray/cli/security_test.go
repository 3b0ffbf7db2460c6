package cli_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestSecurityNamesItsTests: each promise of SECURITY.md names a test, and each
// test that it names is in the folder named before it.
func TestSecurityNamesItsTests(t *testing.T) {
	t.Chdir(root)
	text, err := os.ReadFile("SECURITY.md")
	if err != nil {
		t.Fatal(err)
	}
	quoted, test := regexp.MustCompile("`([^`]*)`"), regexp.MustCompile(`^(Test|Fuzz)[A-Z]\w*(/.+)?$`)
	promises := 0
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(strings.TrimSpace(line), "|")
		if len(cells) != 4 || strings.Contains(cells[1], "---") || strings.TrimSpace(cells[1]) == "promise" {
			continue
		}
		promises++
		folder, named := "", 0
		for _, word := range quoted.FindAllStringSubmatch(cells[2], -1) {
			if !test.MatchString(word[1]) {
				folder = word[1]
				continue
			}
			named++
			if !hasTest(t, folder, word[1]) {
				t.Errorf("there is no %s in %s, which is to show: %s", word[1], folder, cells[1])
			}
		}
		if named == 0 {
			t.Errorf("no test is named for: %s", cells[1])
		}
	}
	if promises < 10 {
		t.Errorf("only %d promises were found", promises)
	}
}

// hasTest looks for a test, or for one of the scripts that TestScripts runs.
func hasTest(t *testing.T, folder, name string) bool {
	t.Helper()
	if script, ok := strings.CutPrefix(name, "TestScripts/"); ok {
		_, err := os.Stat(filepath.Join("tray", "cli", "testdata", "script", script+".txtar"))
		return folder == "." && err == nil
	}
	files, err := filepath.Glob(filepath.Join(folder, "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	return slices.ContainsFunc(files, func(file string) bool {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		return regexp.MustCompile(`(?m)^func ` + name + `\((t|f) \*testing\.[TF]\) \{`).Match(text)
	})
}

// TestNothingElseIsContacted: only these files make connections: to the debug
// port, to the game server, which the doctor tries as well, and to the tray app
// that runs.
func TestNothingElseIsContacted(t *testing.T) {
	t.Chdir(root)
	want := []string{"monitor/control/client.go", "monitor/debugport/client.go", "monitor/gameserver/dial.go"}
	top, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for _, system := range []string{"linux", "windows"} {
		cmd := exec.Command("go", "list", "-deps", "-json=ImportPath,Dir,GoFiles", ".")
		cmd.Env = append(os.Environ(), "GOOS="+system, "CGO_ENABLED=0")
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		var dialers []string
		for packages := json.NewDecoder(bytes.NewReader(out)); ; {
			var p struct {
				ImportPath, Dir string
				GoFiles         []string
			}
			if err := packages.Decode(&p); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatal(err)
			}
			switch p.ImportPath {
			case "net/rpc", "net/smtp":
				t.Errorf("on %s %s is linked in", system, p.ImportPath)
			}
			// The simulator only serves, but for its pipes in memory.
			if p.ImportPath != "altv-tray" && !strings.HasPrefix(p.ImportPath, "altv-tray/") || p.ImportPath == "altv-tray/monitor/simulator" {
				continue
			}
			for _, name := range p.GoFiles {
				file, err := filepath.Rel(top, filepath.Join(p.Dir, name))
				if err != nil {
					t.Fatal(err)
				}
				if dials(t, file) {
					dialers = append(dialers, filepath.ToSlash(file))
				}
			}
		}
		slices.Sort(dialers)
		if !slices.Equal(dialers, want) {
			t.Errorf("on %s connections are made by %q, want %q", system, dialers, want)
		}
	}
}

// dials reports whether a file names a way to connect of package net or net/http.
func dials(t *testing.T, name string) (found bool) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			x, _ := s.X.(*ast.Ident)
			found = found || x != nil && x.Name == "net" && (strings.HasPrefix(s.Sel.Name, "Dial") || s.Sel.Name == "ListenUDP" || s.Sel.Name == "ListenPacket") ||
				x != nil && x.Name == "http" && slices.Contains([]string{"Client", "Transport", "DefaultClient", "DefaultTransport", "Get", "Head", "Post", "PostForm"}, s.Sel.Name)
		}
		return true
	})
	return found
}
