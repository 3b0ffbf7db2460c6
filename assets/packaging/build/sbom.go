package main

import (
	"context"
	"debug/buildinfo"
	"encoding/json"
	"io"
	"path/filepath"
	"slices"
	"strings"
)

// bom is what this writes of CycloneDX 1.6 (cyclonedx.org).
type bom struct {
	Format     string      `json:"bomFormat"`
	Spec       string      `json:"specVersion"`
	Version    int         `json:"version"`
	Metadata   metadata    `json:"metadata"`
	Components []component `json:"components"`
}

type metadata struct {
	Timestamp string    `json:"timestamp"`
	Component component `json:"component"`
}

type component struct {
	Type       string     `json:"type"`
	Ref        string     `json:"bom-ref"`
	Name       string     `json:"name"`
	Version    string     `json:"version"`
	PURL       string     `json:"purl,omitempty"`
	Properties []property `json:"properties,omitempty"`
}

type property struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// sbom lists what the programs say that they are made of, and on which platform.
func (r *release) sbom(context.Context) error {
	platforms := map[string][]string{} // by module@version
	for _, system := range []string{"linux", "windows"} {
		name := map[string]string{"linux": "altv-tray", "windows": "altv-tray.exe"}[system]
		for _, arch := range architectures {
			info, err := buildinfo.ReadFile(filepath.Join(r.programFolder(system, arch), name))
			if err != nil {
				return err
			}
			modules := []string{"std@" + strings.TrimPrefix(info.GoVersion, "go")}
			for _, m := range info.Deps {
				if m.Replace != nil {
					m = m.Replace
				}
				modules = append(modules, m.Path+"@"+m.Version)
			}
			for _, m := range modules {
				platforms[m] = append(platforms[m], system+"/"+arch)
			}
		}
	}
	b := bom{Format: "CycloneDX", Spec: "1.6", Version: 1, Metadata: metadata{
		Timestamp: r.RFC3339(),
		Component: component{Type: "application", Ref: "altv-tray", Name: "altv-tray", Version: r.Version},
	}}
	for m, on := range platforms {
		name, version, _ := strings.Cut(m, "@")
		purl := "pkg:golang/" + m
		b.Components = append(b.Components, component{Type: "library", Ref: purl, Name: name, Version: version, PURL: purl,
			Properties: []property{{"altv-tray:platforms", strings.Join(on, " ")}}})
	}
	slices.SortFunc(b.Components, func(a, b component) int { return strings.Compare(a.PURL, b.PURL) })
	return writeTo(filepath.Join(r.out, "altv-tray-"+r.Version+".cdx.json"), func(w io.Writer) error {
		enc := json.NewEncoder(w)
		enc.SetIndent("", "  ")
		return enc.Encode(b)
	})
}
