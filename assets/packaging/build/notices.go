package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

func (r *release) noticesFile() string { return filepath.Join(r.work, "THIRD-PARTY-NOTICES.txt") }

// notices gathers the licenses of all modules that are part of a program, of
// whatever platform, and of Go itself: most of them want to be passed on.
func (r *release) notices(ctx context.Context) error {
	folders := map[string]string{} // by "path version"
	for _, system := range []string{"linux", "windows"} {
		for _, arch := range architectures {
			out, err := r.output(ctx, r.root, "env", "CGO_ENABLED=0", "GOOS="+system, "GOARCH="+arch, "GOFLAGS=",
				"go", "list", "-deps", "-f", `{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}|{{.Dir}}{{end}}{{end}}`, ".")
			if err != nil {
				return err
			}
			for line := range strings.Lines(out) {
				if name, folder, ok := strings.Cut(strings.TrimSpace(line), "|"); ok {
					folders[name] = folder
				}
			}
		}
	}
	goroot, err := r.output(ctx, r.root, "go", "env", "GOROOT")
	if err != nil {
		return err
	}
	folders["Go"] = goroot
	names := make([]string, 0, len(folders))
	for name := range folders {
		names = append(names, name)
	}
	slices.Sort(names)
	return writeTo(r.noticesFile(), func(w io.Writer) error {
		_, err := io.WriteString(w, "altv-tray contains the following software, under the licenses given here.\n")
		for _, name := range names {
			text, e := licenseIn(folders[name])
			if e != nil {
				return fmt.Errorf("%s: %w", name, e)
			}
			_, e = fmt.Fprintf(w, "\n%s\n%s\n\n%s\n", strings.Repeat("=", 72), name, strings.TrimSpace(text))
			err = errors.Join(err, e)
		}
		return err
	})
}

// licenseIn returns all license texts at the top of a module.
func licenseIn(folder string) (string, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return "", err
	}
	var texts []string
	for _, e := range entries {
		base := strings.ToUpper(strings.TrimSuffix(e.Name(), filepath.Ext(e.Name())))
		if e.IsDir() || !slices.Contains([]string{"LICENSE", "LICENCE", "COPYING", "NOTICE", "UNLICENSE"}, base) {
			continue
		}
		text, err := os.ReadFile(filepath.Join(folder, e.Name()))
		if err != nil {
			return "", err
		}
		texts = append(texts, strings.ReplaceAll(string(text), "\r\n", "\n"))
	}
	if len(texts) == 0 {
		return "", errors.New("it has no license file: see whether it may be passed on")
	}
	return strings.Join(texts, "\n\n"), nil
}
