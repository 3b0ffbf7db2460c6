package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/alecthomas/kong"
)

// The files that Docs writes.
const (
	ManPage        = "altv-tray.1"
	BashCompletion = "altv-tray.bash"
	ZshCompletion  = "_altv-tray"
	FishCompletion = "altv-tray.fish"
)

// Docs writes what packages hold beside the program, made of the command line's
// own definition: the man page and the completions of three shells.
func (e *Env) Docs(folder string) Code {
	all := commandsOf(e.CommandLine)
	for name, text := range map[string]string{
		ManPage:        manPage(e.CommandLine, all),
		BashCompletion: bashCompletion(all),
		ZshCompletion:  zshCompletion(all),
		FishCompletion: fishCompletion(all),
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
			return e.fail(Wrong, fmt.Errorf("writing the documentation: %w", err))
		}
	}
	return OK
}

// command is one as a user writes it.
type command struct {
	path     string // "/password/set"; empty: none yet
	help     string
	synopsis string // what may follow it, without flags
	flags    []*kong.Flag
	children []command
}

func (c command) name() string { return c.path[strings.LastIndexByte(c.path, '/')+1:] }

// commandsOf lists a node, then all below it; what is hidden is left out.
func commandsOf(node *kong.Node) []command {
	c := command{help: node.Help}
	if node.Type == kong.CommandNode {
		c.path = "/" + strings.ReplaceAll(node.Path(), " ", "/")
	}
	for _, group := range node.AllFlags(true) {
		c.flags = append(c.flags, group...)
	}
	for _, p := range node.Positional {
		c.synopsis += " " + strings.ToUpper(strings.NewReplacer("<", "", ">", "").Replace(p.Summary()))
	}
	var below []command
	for _, child := range node.Children {
		if !child.Hidden {
			all := commandsOf(child)
			c.children = append(c.children, all[0])
			below = append(below, all...)
		}
	}
	return append([]command{c}, below...)
}

// values are the flags that want a value, sorted by what completes it.
func values(all []command) (files, folders, others []string) {
	seen := map[string]bool{}
	for _, c := range all {
		for _, f := range c.flags {
			name := "--" + f.Name
			if f.IsBool() || seen[name] {
				continue
			}
			seen[name] = true
			switch {
			case f.PlaceHolder == "FILE":
				files = append(files, name)
			case f.PlaceHolder == "DIR":
				folders = append(folders, name)
			default:
				others = append(others, name)
			}
		}
	}
	return files, folders, others
}
