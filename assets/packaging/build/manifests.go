package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// sumsFile lists the checksums as sha256sum -c reads them.
const sumsFile = "SHA256SUMS"

func (r *release) checksums(context.Context) error {
	entries, err := os.ReadDir(r.out) // sorted
	if err != nil {
		return err
	}
	var lines strings.Builder
	for _, e := range entries {
		sum, err := r.SHA256(e.Name())
		if err != nil {
			return err
		}
		fmt.Fprintf(&lines, "%s  %s\n", sum, e.Name())
	}
	return os.WriteFile(filepath.Join(r.out, sumsFile), []byte(lines.String()), 0o644)
}

// SHA256 is a package's checksum in lower-case hex.
func (r *release) SHA256(name string) (string, error) {
	f, err := os.Open(filepath.Join(r.out, name))
	if err != nil {
		return "", err
	}
	defer f.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}

// Upper is for winget, which wants checksums so.
func (r *release) Upper(text string) string { return strings.ToUpper(text) }

// Windows is the name of a package for Windows.
func (r *release) Windows(arch, ending string) string {
	return "altv-tray-" + r.Version + "-windows-" + arch + ending
}

// URL is where a package will be.
func (r *release) URL(name string) string {
	return r.Home + "/releases/download/v" + r.Version + "/" + name
}

// manifests are for the package managers. They are no packages and so stand in
// folders of their own, and not among the checksums.
func (r *release) manifests(context.Context) error {
	const id = "altv-tray.altv-tray"
	from := r.source("assets", "packaging", "windows")
	for template, file := range map[string]string{
		"scoop.json":            "scoop/altv-tray.json",
		"winget/version.yaml":   "winget/" + id + ".yaml",
		"winget/installer.yaml": "winget/" + id + ".installer.yaml",
		"winget/en-US.yaml":     "winget/" + id + ".locale.en-US.yaml",
		"winget/zh-CN.yaml":     "winget/" + id + ".locale.zh-CN.yaml",
	} {
		if err := r.fill(filepath.Join(from, template), filepath.Join(r.out, file), nil); err != nil {
			return err
		}
	}
	return nil
}
