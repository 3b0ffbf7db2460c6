package main

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// drawings are all SVG files, each kind in the order of their names.
type drawings struct {
	states   []drawing
	overlays []drawing // named without overlayPrefix
	others   []drawing // what no tray shows
}

// overlayPrefix is what the file of an overlay is called by.
const overlayPrefix = "overlay_"

// program is the drawing of the program's own icon, which no tray shows.
const program = "app"

// readDrawings reads the SVG files at the top of dir.
func readDrawings(dir fs.FS) (drawings, error) {
	names, err := fs.Glob(dir, "*.svg")
	if err != nil {
		return drawings{}, err
	}
	if len(names) == 0 {
		return drawings{}, fmt.Errorf("no SVG files in the folder %q; run \"go generate ./assets\" at the top of the repository", folder)
	}
	slices.Sort(names)
	var all drawings
	for _, file := range names {
		source, err := fs.ReadFile(dir, file)
		if err != nil {
			return drawings{}, err
		}
		name, isOverlay := strings.CutPrefix(strings.TrimSuffix(file, ".svg"), overlayPrefix)
		d, err := newDrawing(name, source)
		if err != nil {
			return drawings{}, fmt.Errorf("read %s: %w", file, err)
		}
		switch {
		case isOverlay:
			all.overlays = append(all.overlays, d)
		case name == program:
			all.others = append(all.others, d)
		default:
			all.states = append(all.states, d)
		}
	}
	return all, nil
}
