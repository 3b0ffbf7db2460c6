package action

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"testing"
)

// An action without a case in Do would be logged and do nothing.
func TestEachActionIsDone(t *testing.T) {
	parse := func(file string) *ast.File {
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	var actions, done []string
	for _, d := range parse("action.go").Decls {
		if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.TYPE {
			for _, spec := range g.Specs {
				if name := spec.(*ast.TypeSpec).Name.Name; name != "Action" {
					actions = append(actions, name)
				}
			}
		}
	}
	ast.Inspect(parse("doer.go"), func(n ast.Node) bool {
		if c, ok := n.(*ast.CaseClause); ok {
			for _, of := range c.List {
				if name, ok := of.(*ast.Ident); ok {
					done = append(done, name.Name)
				}
			}
		}
		return true
	})
	slices.Sort(actions)
	slices.Sort(done)
	if len(actions) < 20 || !slices.Equal(actions, done) {
		t.Errorf("the actions are\n%q, done are\n%q", actions, done)
	}
}

func TestName(t *testing.T) {
	for want, a := range map[string]Action{"reconnect": Reconnect{}, "use_profile": UseProfile{Name: "x"}, "switch_server_debug_on": SwitchServerDebugOn{}} {
		if got := Name(a); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
