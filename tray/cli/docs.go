package cli

import (
	"context"
	_ "embed"
	"maps"
	"slices"
	"strings"
	"text/template"

	"github.com/alecthomas/kong"
)

//go:embed altv-tray.1.tmpl
var manPage string

// Man prints the man page, which it makes from the definition of the command line.
type Man struct{}

func (Man) Run(_ context.Context, e *Env) Code {
	page := template.Must(template.New("").Funcs(template.FuncMap{"roff": roff}).Parse(manPage))
	_ = page.Execute(e.Stdout, map[string]any{
		"Version": Version, "Help": e.CommandLine.Help, "Flags": e.CommandLine.Flags, "Commands": e.CommandLine.Leaves(true),
	})
	return OK
}

// roff escapes a text for a man page. Escaped hyphens can be copied into a shell.
func roff(text string) string {
	return strings.NewReplacer(`\`, `\e`, "-", `\-`, "~", `\(ti`).Replace(text)
}

// Complete prints the completions of the last word for a shell, each with a tab and its
// description. After a flag that takes a value it prints nothing.
type Complete struct {
	Words []string `arg:"" optional:"" passthrough:""`
}

func (c Complete) Run(_ context.Context, e *Env) Code {
	words := append([]string{"", ""}, c.Words...)
	before, last := words[:len(words)-1], words[len(words)-1]
	node := e.CommandLine
	for _, word := range before {
		if i := slices.IndexFunc(node.Children, func(n *kong.Node) bool { return n.Name == word }); i >= 0 {
			node = node.Children[i]
		}
	}
	offers := map[string]string{}
	for _, child := range node.Children {
		if !child.Hidden {
			offers[child.Name] = child.Help
		}
	}
	for _, flag := range slices.Concat(node.AllFlags(true)...) {
		switch name := "--" + flag.Name; {
		case name == before[len(before)-1] && !flag.IsBool():
			return OK
		case len(node.Children) == 0 || strings.HasPrefix(last, "-"):
			offers[name] = flag.Help
		}
	}
	for _, name := range slices.Sorted(maps.Keys(offers)) {
		if strings.HasPrefix(name, last) {
			e.print("%s\t%s", name, offers[name])
		}
	}
	return OK
}
