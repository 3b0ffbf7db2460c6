package desktoptest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestFaultsAreListed holds FAULTS.md against the tests, on every system: each
// one that it names is there, and each test of a fault is named.
func TestFaultsAreListed(t *testing.T) {
	tests := map[string]bool{}
	files, err := filepath.Glob("*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range parsed.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok && f.Recv == nil && strings.HasPrefix(f.Name.Name, "Test") {
				tests[f.Name.Name] = true
			}
		}
	}
	list, err := os.ReadFile("FAULTS.md")
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]bool{}
	for _, name := range regexp.MustCompile(`\bTest[A-Z]\w*`).FindAllString(string(list), -1) {
		named[name] = true
		if !tests[name] {
			t.Errorf("FAULTS.md names %s, which is no test of this package", name)
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
