package clientfolder

import (
	"context"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/windows/registry"
)

func candidates(ctx context.Context) iter.Seq[Folder] {
	return func(yield func(Folder) bool) {
		if base := os.Getenv("LOCALAPPDATA"); base != "" {
			if !yield(Folder{filepath.Join(base, "altv"), SourceDefault}) {
				return
			}
		}
		for _, command := range startedAtLogin() {
			if folder, name := programOf(command); strings.EqualFold(name, exeName) && !yield(Folder{folder, SourceRunKey}) {
				return
			}
		}
		for _, command := range linkHandlers() {
			if folder, _ := programOf(command); folder != "" && !yield(Folder{folder, SourceLink}) {
				return
			}
		}
		running, _ := Running(ctx)
		for _, process := range running {
			if !yield(Folder{filepath.Dir(process.Path), SourceRunning}) {
				return
			}
		}
	}
}

func startedAtLogin() []string {
	key, err := registry.OpenKey(registry.CURRENT_USER, `Software\Microsoft\Windows\CurrentVersion\Run`, registry.QUERY_VALUE)
	if err != nil {
		return nil
	}
	defer key.Close()
	names, _ := key.ReadValueNames(0)
	var commands []string
	for _, name := range names {
		if command, ok := readCommand(key, name); ok {
			commands = append(commands, command)
		}
	}
	return commands
}

// linkHandlers has the user's own handler before the computer's.
func linkHandlers() []string {
	var commands []string
	for _, place := range []struct {
		root registry.Key
		path string
	}{
		{registry.CURRENT_USER, `Software\Classes\altv\shell\open\command`},
		{registry.CLASSES_ROOT, `altv\shell\open\command`},
	} {
		key, err := registry.OpenKey(place.root, place.path, registry.QUERY_VALUE)
		if err != nil {
			continue
		}
		if command, ok := readCommand(key, ""); ok {
			commands = append(commands, command)
		}
		key.Close()
	}
	return commands
}

func readCommand(key registry.Key, name string) (string, bool) {
	command, kind, err := key.GetStringValue(name)
	if err != nil {
		return "", false
	}
	if kind == registry.EXPAND_SZ {
		if expanded, err := registry.ExpandString(command); err == nil {
			command = expanded
		}
	}
	return command, true
}
