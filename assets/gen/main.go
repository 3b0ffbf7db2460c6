// Command gen draws the icons: from each assets/icons/*.svg it makes the PNG
// and ICO files that the program embeds, and one sheet that shows them all.
// Run it with "go generate ./assets" after an SVG was changed, look at the
// sheet, and commit what it wrote.
package main

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// folder is where the icons lie, as seen from the folder of package assets, in
// which "go generate" runs the command.
const folder = "icons"

func main() {
	if err := run(folder); err != nil {
		fmt.Fprintln(os.Stderr, "icons:", err)
		os.Exit(1)
	}
}

// run writes the files made from dir's SVG files into dir. Pictures of an icon
// that is no more are removed.
func run(dir string) error {
	files, err := generate(os.DirFS(dir))
	if err != nil {
		return err
	}
	for _, sub := range []string{pngFolder, icoFolder} {
		if err := os.RemoveAll(filepath.Join(dir, sub)); err != nil {
			return fmt.Errorf("clear the old pictures: %w", err)
		}
		if err := os.MkdirAll(filepath.Join(dir, sub), 0o755); err != nil {
			return fmt.Errorf("make a folder for the pictures: %w", err)
		}
	}
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(name)), data, 0o644); err != nil {
			return fmt.Errorf("write a picture: %w", err)
		}
	}
	return nil
}

// The folders, below the one with the SVG files, for what is made of them.
const (
	pngFolder = "png"
	icoFolder = "ico"
	sheetFile = "contact-sheet.png"
)

// pngSizes are the sides, in pixels, of the PNG files: those that panels and
// notifications of Linux desktops ask for.
var pngSizes = []int{22, 24, 32, 48, 64}

// icoSizes are the sides, in pixels, of the pictures in an ICO file: what
// Windows asks for at 100 to 200 % scaling, and 256 for large views of files.
var icoSizes = []int{16, 20, 24, 32, 40, 48, 64, 256}

// generate makes all files from the SVG files at the top of dir. The keys are
// slash-separated paths below dir. The same input gives the same bytes.
func generate(dir fs.FS) (map[string][]byte, error) {
	drawings, err := readDrawings(dir)
	if err != nil {
		return nil, err
	}
	files := make(map[string][]byte)
	for _, d := range drawings {
		for _, size := range pngSizes {
			name := fmt.Sprintf("%s/%s-%d.png", pngFolder, d.name, size)
			if files[name], err = encodePNG(d.render(size)); err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
		}
		name := path.Join(icoFolder, d.name+".ico")
		if files[name], err = encodeICO(d, icoSizes); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	if files[sheetFile], err = encodePNG(drawSheet(drawings)); err != nil {
		return nil, fmt.Errorf("%s: %w", sheetFile, err)
	}
	return files, nil
}

// readDrawings reads the SVG files at the top of dir, in the order of their
// names.
func readDrawings(dir fs.FS) ([]drawing, error) {
	names, err := fs.Glob(dir, "*.svg")
	if err != nil {
		return nil, err
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("no SVG files in the folder %q; run \"go generate ./assets\" at the top of the repository", folder)
	}
	var drawings []drawing
	for _, name := range names {
		source, err := fs.ReadFile(dir, name)
		if err != nil {
			return nil, err
		}
		d, err := newDrawing(strings.TrimSuffix(name, ".svg"), source)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		drawings = append(drawings, d)
	}
	return drawings, nil
}
