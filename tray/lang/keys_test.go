package lang_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"altv-tray/monitor"
)

// source are the files of the tray app, without its tests.
func source(t *testing.T) (*token.FileSet, []*ast.File) {
	t.Helper()
	set := token.NewFileSet()
	var files []*ast.File
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && d.Name() == "desktoptest" {
			return filepath.SkipDir
		}
		if d.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
		files = append(files, file)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return set, files
}

// dynamic are the keys that are put together when they are wanted, by what they
// begin with.
func dynamic(t *testing.T) map[string][]string {
	return map[string][]string{
		"server.":          serverStates(),
		"failure.":         failures(t),
		"why.":             failures(t),
		"menu.":            menuRows(t, func(has map[string]bool) bool { return !has["text"] }),
		"mnemonic.":        menuRows(t, func(has map[string]bool) bool { return has["action"] || has["submenu"] }),
		"doctor.":          nil, // its own tests compare them with what it finds
		"doctor.hotkey.":   nil,
		"dashboard.":       pageKeys(t),
		"dashboard.check.": checks(t),

		"problem.": codes(t),
	}
}

// codes are those of package problem: each has a text, and each text a code.
func codes(t *testing.T) (all []string) {
	for _, value := range constants(t, "../../monitor/problem/codes.go", "Code") {
		code, ok := literal(value)
		if !ok {
			t.Fatal("a code is no literal")
		}
		all = append(all, code)
	}
	return all
}

func serverStates() (all []string) {
	for s := monitor.ServerUnknown; s <= monitor.ServerReady; s++ {
		all = append(all, s.String())
	}
	return all
}

// failures are the monitor's reasons, except those that are shown as called off.
func failures(t *testing.T) (all []string) {
	for n := range constants(t, "../../monitor/event.go", "Reason") {
		switch r := monitor.Reason(n); r {
		case monitor.NoReason, monitor.ByUser, monitor.TurnedOff:
		default:
			all = append(all, r.String())
		}
	}
	return all
}

// menuRows are the names of the menu's rows whose entry has fields as wanted.
func menuRows(t *testing.T, wanted func(has map[string]bool) bool) (all []string) {
	file, err := parser.ParseFile(token.NewFileSet(), "../view/menu.go", nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		row, ok := n.(*ast.CompositeLit)
		if !ok {
			return true
		}
		name, has := "", map[string]bool{}
		for _, field := range row.Elts {
			field, ok := field.(*ast.KeyValueExpr)
			if !ok {
				continue
			}
			key, _ := field.Key.(*ast.Ident)
			if key == nil {
				continue
			}
			has[key.Name] = true
			if key.Name == "name" {
				name, _ = literal(field.Value)
			}
		}
		if name != "" && wanted(has) {
			all = append(all, name)
		}
		return true
	})
	return all
}

// constants returns the values of the constants of a type, in their order; nil
// where iota counts on.
func constants(t *testing.T, path, typeName string) (all []ast.Expr) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	for _, declared := range file.Decls {
		block, ok := declared.(*ast.GenDecl)
		if !ok || block.Tok != token.CONST {
			continue
		}
		ofType := false
		for _, spec := range block.Specs {
			spec := spec.(*ast.ValueSpec)
			if name, ok := spec.Type.(*ast.Ident); ok {
				ofType = name.Name == typeName
			} else if len(spec.Values) > 0 {
				ofType = false
			}
			if !ofType {
				continue
			}
			if len(spec.Values) == 1 {
				all = append(all, spec.Values[0])
			} else {
				all = append(all, nil)
			}
		}
	}
	if len(all) < 10 {
		t.Fatalf("%s has %d constants of the type %s", path, len(all), typeName)
	}
	return all
}

// checks are what the doctor looks at: its tables.
func checks(t *testing.T) (all []string) {
	for key := range catalogue(t, "en") {
		if parts := strings.Split(key, "."); len(parts) > 2 && parts[0] == "doctor" && parts[1] != "summary" && !slices.Contains(all, parts[1]) {
			all = append(all, parts[1])
		}
	}
	return all
}

// pageKeys are the keys of the table dashboard that the page uses: those that
// stand in its JavaScript as they are, without the table's name, and those that
// begin like one of its templates, as `phase.${name}`.
func pageKeys(t *testing.T) (all []string) {
	t.Helper()
	files, err := filepath.Glob("../dashboard/page/*.js")
	if err != nil || len(files) == 0 {
		t.Fatalf("no page: %v", err)
	}
	english := catalogue(t, "en")
	called := regexp.MustCompile(`\b(?:t|many)\("([^"]+)"`)
	quoted := regexp.MustCompile(`"([a-z0-9_.]+)"|\x60([a-z_.]+\.)\$\{`)
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range called.FindAllSubmatch(text, -1) {
			if key := string(found[1]); english["dashboard."+key] == nil && english[key] == nil {
				t.Errorf("%s: %s has no text", file, key)
			}
		}
		for _, found := range quoted.FindAllSubmatch(text, -1) {
			whole, prefix := string(found[1]), string(found[2])
			for key := range english {
				key, own := strings.CutPrefix(key, "dashboard.")
				if own && (key == whole || prefix != "" && strings.HasPrefix(key, prefix)) {
					all = append(all, key)
				}
			}
		}
	}
	return all
}

func literal(e ast.Expr) (string, bool) {
	l, ok := e.(*ast.BasicLit)
	if !ok || l.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(l.Value)
	return text, err == nil
}

// fileName is what looks like a key and is none.
var fileName = regexp.MustCompile(`\.(toml|cfg|log)$`)

// TestKeysAndTextsMeet: each key in the source has a text, and each text has a
// key in the source.
func TestKeysAndTextsMeet(t *testing.T) {
	english := catalogue(t, "en")
	var tables []string
	for key := range english {
		table, _, _ := strings.Cut(key, ".")
		tables = append(tables, table)
	}
	shape := regexp.MustCompile(`^(` + strings.Join(slices.Compact(slices.Sorted(slices.Values(tables))), "|") + `)\.[a-z0-9_.]*$`)

	used, begun := map[string]bool{}, map[string]bool{}
	wanted := func(where, key string) {
		used[key] = true
		if english[key] == nil {
			t.Errorf("%s: %s has no text", where, key)
		}
	}
	known := dynamic(t)
	set, files := source(t)
	for _, file := range files {
		ast.Inspect(file, func(n ast.Node) bool {
			l, ok := n.(*ast.BasicLit)
			if !ok {
				return true
			}
			key, ok := literal(l)
			if !ok || !shape.MatchString(key) || fileName.MatchString(key) {
				return true
			}
			where := set.Position(l.Pos()).String()
			if !strings.HasSuffix(key, ".") {
				wanted(where, key)
				return true
			}
			if _, ok := known[key]; !ok {
				t.Errorf("%s: this test does not know which keys begin with %s", where, key)
			}
			begun[key] = true
			return true
		})
	}
	for prefix, names := range known {
		if !begun[prefix] && prefix != "dashboard." { // the page has those
			t.Errorf("no key in the source begins with %s", prefix)
		}
		for _, name := range names {
			wanted(prefix, prefix+name)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(english)) {
		if !used[key] && !strings.HasPrefix(key, "doctor.") {
			t.Errorf("nothing uses %s", key)
		}
	}
}

// TestCallsFitTheirTexts: a call of T or N has a key that is there, of a text
// that depends on a number or does not, and fills in what the text wants.
func TestCallsFitTheirTexts(t *testing.T) {
	english := catalogue(t, "en")
	set, files := source(t)
	calls := 0
	for _, file := range files {
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) == 0 {
				return true
			}
			method, ok := call.Fun.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			name, where := method.Sel.Name, set.Position(call.Pos())
			var keys, given []string
			rest := call.Args
			take := func(n int) {
				for _, arg := range rest[:n] {
					if key, ok := literal(arg); ok {
						keys = append(keys, key)
					}
				}
				rest = rest[n:]
			}
			switch name {
			case "T", "failure":
				take(1)
			case "N":
				take(1)
				rest, given = rest[1:], []string{"{n}"}
			case "success":
				take(2)
			default:
				return true
			}
			if len(keys) == 0 {
				return true // TestKeysAndTextsMeet has them
			}
			calls++
			var want []string
			for _, key := range keys {
				text := english[key]
				if text == nil {
					t.Errorf("%v: %s has no text", where, key)
					return true
				}
				if text.plural() != (name == "N") {
					t.Errorf("%v: %s of %s, whose text depends on a number: %t", where, name, key, text.plural())
				}
				for _, text := range text {
					want = append(want, placeholders(text)...)
				}
			}
			if name != "failure" {
				for i := 0; i < len(rest); i += 2 {
					if arg, ok := literal(rest[i]); ok {
						given = append(given, "{"+arg+"}")
					}
				}
			}
			want, given = sorted(want), sorted(given)
			if !slices.Equal(given, want) {
				t.Errorf("%v: %v is given %v, wants %v", where, keys, given, want)
			}
			return true
		})
	}
	if calls < 50 {
		t.Errorf("only %d calls were found", calls)
	}
}

func sorted(all []string) []string { return slices.Compact(slices.Sorted(slices.Values(all))) }
