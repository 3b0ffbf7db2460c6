package cli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Path puts the program's folder into the user's PATH, or takes it away. The
// Windows installer calls it, since NSIS cuts off what is longer than 1024
// characters.
type Path struct {
	Remove bool `help:"Remove it from there."`
}

func (c Path) Run(_ context.Context, e *Env) Code {
	program, err := os.Executable()
	if err == nil {
		change := withFolder
		if c.Remove {
			change = withoutFolder
		}
		err = changeUserPath(func(path string) string { return change(path, filepath.Dir(program)) })
	}
	if err != nil {
		return e.report(Wrong, fmt.Errorf(`the user's PATH was not changed (registry key HKCU\Environment): %w`, err))
	}
	return OK
}

// withFolder adds a folder to a PATH of Windows, unless it is there. All else stays
// as it is.
func withFolder(path, folder string) string {
	switch {
	case path == "":
		return folder
	case withoutFolder(path, folder) != path:
		return path
	}
	return path + ";" + folder
}

// withoutFolder takes a folder away, however it is written.
func withoutFolder(path, folder string) string {
	plain := func(entry string) string { return strings.TrimRight(strings.Trim(entry, `"`), `\`) }
	return strings.Join(slices.DeleteFunc(strings.Split(path, ";"), func(entry string) bool {
		return strings.EqualFold(plain(entry), plain(folder))
	}), ";")
}
