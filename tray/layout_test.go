package tray

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// arrows are the packages below tray, each after those that it may import.
var arrows = []string{
	"lang/langtest", "lang", "errtext", "autostart", "hotkey", "surroundings", "doctor", "action", "view", "dashboard", "panel", "notify", "notify/notifytest", "", "cli", "desktoptest",
}

// parsed hands each Go file below root to see, with its path.
func parsed(t *testing.T, root string, see func(path string, set *token.FileSet, file *ast.File)) {
	t.Helper()
	set := token.NewFileSet()
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") {
			return err
		}
		file, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
		if err == nil {
			see(filepath.ToSlash(path), set, file)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestImportsGoOneWay(t *testing.T) {
	seen := 0
	parsed(t, ".", func(path string, _ *token.FileSet, file *ast.File) {
		from := slices.Index(arrows, strings.Trim(strings.TrimSuffix(path, filepath.Base(path)), "/"))
		if from < 0 {
			t.Errorf("%s: its package has no place among the arrows", path)
		}
		for _, i := range file.Imports {
			name, _ := strconv.Unquote(i.Path.Value)
			below, inside := strings.CutPrefix(name, "altv-tray/tray")
			if !inside {
				continue
			}
			seen++
			if to := slices.Index(arrows, strings.TrimPrefix(below, "/")); to < 0 || to >= from && !strings.HasSuffix(path, "_test.go") {
				t.Errorf("%s imports %s", path, name)
			}
		}
	})
	if seen < 50 {
		t.Errorf("only %d imports were looked at", seen)
	}
	for _, low := range []string{"../monitor", "../settings"} {
		parsed(t, low, func(path string, _ *token.FileSet, file *ast.File) {
			if strings.Contains(path, "/benchmark/") { // it measures the whole program
				return
			}
			for _, i := range file.Imports {
				if name, _ := strconv.Unquote(i.Path.Value); !mayImport(strings.TrimPrefix(path, "../"), name) {
					t.Errorf("%s imports %s", path, name)
				}
			}
		})
	}
}

// leaves are what settings may import of monitor. They import nothing of the project but the first.
var leaves = []string{"altv-tray/monitor/problem", "altv-tray/monitor/atomicfile", "altv-tray/monitor/beat", "altv-tray/monitor/live"}

// mayImport reports whether a file of monitor or settings may import a package.
func mayImport(file, name string) bool {
	folder := "altv-tray/" + filepath.ToSlash(filepath.Dir(file))
	below, inside := strings.CutPrefix(name, "altv-tray/")
	switch {
	case !inside:
		return true
	case slices.Contains(leaves, folder):
		return name == leaves[0]
	case strings.HasPrefix(file, "settings/"):
		return strings.HasPrefix(below, "settings") || slices.Contains(leaves, name)
	}
	return strings.HasPrefix(below, "monitor")
}

func TestMayImport(t *testing.T) {
	for _, c := range []struct {
		file, name string
		want       bool
	}{
		{"settings/store.go", "os", true},
		{"settings/store.go", "altv-tray/monitor/beat", true},
		{"settings/store.go", "altv-tray/monitor", false},
		{"settings/store.go", "altv-tray/monitor/folder", false},
		{"settings/store.go", "altv-tray/tray/lang", false},
		{"monitor/loop.go", "altv-tray/monitor/folder", true},
		{"monitor/loop.go", "altv-tray/settings", false},
		{"monitor/control/server.go", "altv-tray/tray/action", false},
		{"monitor/atomicfile/write.go", "altv-tray/monitor/problem", true},
		{"monitor/atomicfile/write.go", "altv-tray/monitor/beat", false},
		{"monitor/problem/problem.go", "altv-tray/monitor", false},
	} {
		if got := mayImport(c.file, c.name); got != c.want {
			t.Errorf("%s imports %s: %t", c.file, c.name, got)
		}
	}
}

// A file has at most 400 lines and a function at most 60.
func TestNothingIsLong(t *testing.T) {
	const file, function = 400, 60
	parsed(t, "..", func(path string, set *token.FileSet, f *ast.File) {
		if n := set.Position(f.FileEnd).Line; n > file {
			t.Errorf("%s has %d lines", path, n)
		}
		if strings.HasSuffix(path, "_test.go") {
			return
		}
		for _, d := range f.Decls {
			if d, ok := d.(*ast.FuncDecl); ok {
				if n := set.Position(d.End()).Line - set.Position(d.Pos()).Line + 1; n > function {
					t.Errorf("%s: %s has %d lines", path, d.Name.Name, n)
				}
			}
		}
	})
}

// The package tray only makes the parts: no type of it has more than a dozen fields.
func TestNoTypeHoldsEverything(t *testing.T) {
	parsed(t, ".", func(path string, _ *token.FileSet, f *ast.File) {
		if strings.Contains(path, "/") || strings.HasSuffix(path, "_test.go") {
			return
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if s, ok := n.(*ast.TypeSpec); ok {
				if s, ok := s.Type.(*ast.StructType); ok && s.Fields.NumFields() > 12 {
					t.Errorf("%s has a type with %d fields", path, s.Fields.NumFields())
				}
			}
			return true
		})
	})
}
