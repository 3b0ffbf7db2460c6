package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
)

// hicolor are the sizes of the icon theme that there are pictures of.
var hicolor = []int{22, 24, 32, 48, 64}

// Where zsh looks for completions: below /usr/local everywhere, and below /usr on
// Debian, whose zsh leaves /usr/share/zsh/site-functions out.
const (
	zshLocal  = "share/zsh/site-functions"
	zshDebian = "share/zsh/vendor-completions"
)

// shared are the files below /usr/share, which but for zsh's folder are the same
// everywhere.
func (r *release) shared(zsh string) []packed {
	linux := filepath.Join(r.work, "linux")
	files := []packed{
		{"share/applications/altv-tray.desktop", r.source("assets", "packaging", "linux", "altv-tray.desktop"), 0o644},
		{"share/metainfo/" + r.ComponentID() + ".metainfo.xml", filepath.Join(linux, "metainfo.xml"), 0o644},
		{"share/man/man1/altv-tray.1.gz", filepath.Join(linux, "altv-tray.1.gz"), 0o644},
		{"share/bash-completion/completions/altv-tray", r.source("assets", "packaging", "linux", "altv-tray.bash"), 0o644},
		{zsh + "/_altv-tray", r.source("assets", "packaging", "linux", "altv-tray.zsh"), 0o644},
		{"share/fish/vendor_completions.d/altv-tray.fish", r.source("assets", "packaging", "linux", "altv-tray.fish"), 0o644},
		{"share/icons/hicolor/scalable/apps/altv-tray.svg", r.source("assets", "icons", "app.svg"), 0o644},
	}
	for _, size := range hicolor {
		files = append(files, packed{
			fmt.Sprintf("share/icons/hicolor/%dx%d/apps/altv-tray.png", size, size),
			r.source("assets", "icons", "png", fmt.Sprintf("app-%d.png", size)), 0o644,
		})
	}
	return files
}

// ComponentID is what AppStream wants a program to be called: the project's
// address turned round.
func (r *release) ComponentID() string {
	home, err := url.Parse(r.Home)
	if err != nil {
		return "altv-tray"
	}
	labels := strings.Split(home.Hostname(), ".")
	var id []string
	for i := len(labels) - 1; i >= 0; i-- {
		id = append(id, labels[i])
	}
	if home.Hostname() == "github.com" {
		id = []string{"io", "github"} // where GitHub gives its users a name
	}
	id = append(id, strings.FieldsFunc(home.Path, func(c rune) bool { return c == '/' })...)
	if id[len(id)-1] != "altv-tray" {
		id = append(id, "altv-tray")
	}
	return strings.ToLower(strings.ReplaceAll(strings.Join(id, "."), "-", "_"))
}

// Date is the release's day, as 2026-01-31.
func (r *release) Date() string { return r.Epoch.Format("2006-01-02") }

// RFC3339 is its time for nfpm.
func (r *release) RFC3339() string { return r.Epoch.Format("2006-01-02T15:04:05Z07:00") }

// DebianDate is its time for a Debian changelog.
func (r *release) DebianDate() string { return r.Epoch.Format("Mon, 02 Jan 2006 15:04:05 -0700") }

// DebianVersion sorts a version before a release below it.
func (r *release) DebianVersion() string { return strings.ReplaceAll(r.Version, "-", "~") }

func (r *release) linux(ctx context.Context) error {
	folder := filepath.Join(r.work, "linux")
	from := func(name string) string { return r.source("assets", "packaging", "linux", name) }
	for _, name := range []string{"metainfo.xml", "changelog", "copyright"} {
		if err := r.fill(from(name), filepath.Join(folder, name), nil); err != nil {
			return err
		}
	}
	for plain, packed := range map[string]string{
		r.manPage():                        "altv-tray.1.gz",
		filepath.Join(folder, "changelog"): "changelog.gz",
	} {
		if err := gzipped(plain, filepath.Join(folder, packed)); err != nil {
			return err
		}
	}
	for _, arch := range architectures {
		name := "altv-tray-" + r.Version + "-linux-" + arch
		program := filepath.Join(r.programFolder("linux", arch), "altv-tray")
		files := append([]packed{
			{"altv-tray", program, 0o755},
			{"LICENSE", r.source("LICENSE"), 0o644},
			{"THIRD-PARTY-NOTICES.txt", r.noticesFile(), 0o644},
		}, r.shared(zshLocal)...)
		if err := r.tarGzip(filepath.Join(r.out, name+".tar.gz"), name, files); err != nil {
			return err
		}
		if err := r.deb(ctx, arch, program); err != nil {
			return err
		}
	}
	return nil
}

func (r *release) deb(ctx context.Context, arch, program string) error {
	linux := filepath.Join(r.work, "linux")
	stage := filepath.Join(r.work, "deb-"+arch)
	files := append([]packed{
		{"bin/altv-tray", program, 0o755},
		{"share/doc/altv-tray/copyright", filepath.Join(linux, "copyright"), 0o644},
		{"share/doc/altv-tray/changelog.gz", filepath.Join(linux, "changelog.gz"), 0o644},
		{"share/doc/altv-tray/THIRD-PARTY-NOTICES.txt", r.noticesFile(), 0o644},
		{"share/lintian/overrides/altv-tray", r.source("assets", "packaging", "linux", "lintian-overrides"), 0o644},
	}, r.shared(zshDebian)...)
	if err := r.stage(filepath.Join(stage, "usr"), files); err != nil {
		return err
	}
	config := filepath.Join(linux, "nfpm-"+arch+".yaml")
	data := struct {
		*release
		Arch, Stage string
	}{r, arch, stage}
	if err := r.fill(r.source("assets", "packaging", "linux", "nfpm.yaml"), config, data); err != nil {
		return err
	}
	target := filepath.Join(r.out, "altv-tray_"+r.DebianVersion()+"_"+arch+".deb")
	if err := r.run(ctx, nil, "go", "run", nfpm, "package", "--packager", "deb", "--config", config, "--target", target); err != nil {
		return err
	}
	return os.Chmod(target, 0o644)
}

// Stable is the version without what stands behind a hyphen.
func (r *release) Stable() string {
	stable, _, _ := strings.Cut(r.Version, "-")
	return stable
}

// Copyright is the line of the license that names year and authors, without the
// word itself.
func (r *release) Copyright() (string, error) {
	text, err := os.ReadFile(r.source("LICENSE"))
	for line := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(strings.TrimSpace(line), "Copyright (c) "); ok {
			return rest, nil
		}
	}
	return "", errors.Join(err, errors.New("LICENSE names no copyright"))
}

// LicenseParagraphs is the license's text as a field of Debian's copyright file.
func (r *release) LicenseParagraphs() (string, error) {
	text, err := os.ReadFile(r.source("LICENSE"))
	_, paragraphs, found := strings.Cut(string(text), "\n\nPermission")
	if err != nil || !found {
		return "", errors.Join(err, errors.New("LICENSE is not the MIT license"))
	}
	var b strings.Builder
	for line := range strings.Lines(strings.TrimSpace("Permission" + paragraphs)) {
		if line = strings.TrimSpace(line); line == "" {
			line = "."
		}
		b.WriteString(" " + line + "\n")
	}
	return strings.TrimRight(b.String(), "\n"), nil
}
