// Command gen draws the icons: from assets/icons/*.svg it makes the PNG and ICO
// files, those that the program embeds, the pictures of Windows' installer, and one
// sheet that shows all icons.
// Run it with "go generate ./assets" after an SVG was changed, look at the
// sheet, and commit what it wrote.
package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
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
	for _, sub := range madeFolders {
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
	pngFolder  = "png"  // the states and the program's icon, in each of pngSizes
	icoFolder  = "ico"  // the same, all of icoSizes in one file
	trayFolder = "tray" // what the program embeds: each state with each overlay
	sheetFile  = "contact-sheet.png"
)

var madeFolders = []string{pngFolder, icoFolder, trayFolder, installerFolder}

// pngSizes are the sides, in pixels, of the PNG files: those that panels and
// notifications of Linux desktops ask for.
var pngSizes = []int{22, 24, 32, 48, 64}

// icoSizes are the sides, in pixels, of the pictures in an ICO file: what
// Windows asks for at 100 to 200 % scaling, and 256 for large views of files.
var icoSizes = []int{16, 20, 24, 32, 40, 48, 64, 256}

// trayICOSizes are those that a taskbar shows, even at 400 % scaling. Without
// the packed picture of 256 pixels, all these ICO files have one length.
var trayICOSizes = icoSizes[:len(icoSizes)-1]

// trayPNGSize is the side, in pixels, of the one picture that the tray library
// sends over D-Bus, which the panel scales. 48 is what a panel of 24 asks for on
// a screen of double density, and on a plain one it is about halved, which even
// a panel's fast scaling does well; from 64 pixels it would skip some.
const trayPNGSize = 48

// generate makes all files from the SVG files at the top of dir. The keys are
// slash-separated paths below dir. The same input gives the same bytes.
func generate(dir fs.FS) (map[string][]byte, error) {
	all, err := readDrawings(dir)
	if err != nil {
		return nil, err
	}
	files := make(map[string][]byte)
	for _, d := range slices.Concat(all.states, all.others) {
		if err := addPictures(files, d); err != nil {
			return nil, err
		}
	}
	for _, d := range all.states {
		if err := addTrayIcons(files, d, all.overlays); err != nil {
			return nil, err
		}
	}
	for _, d := range all.others {
		if err := addInstallerPictures(files, d, all.states); err != nil {
			return nil, err
		}
	}
	sheet, err := drawSheet(all)
	if err == nil {
		files[sheetFile], err = encodePNG(sheet)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", sheetFile, err)
	}
	return files, nil
}

// addPictures makes the plain files of one drawing, in its own colours.
func addPictures(files map[string][]byte, d drawing) error {
	plain := icon{state: d}
	for _, size := range pngSizes {
		name := fmt.Sprintf("%s/%s-%d.png", pngFolder, d.name, size)
		data, err := encodePNG(plain.render(size))
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		files[name] = data
	}
	name := fmt.Sprintf("%s/%s.ico", icoFolder, d.name)
	data, err := encodeICO(plain.renderAll(icoSizes))
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	files[name] = data
	return nil
}

// addTrayIcons makes what the tray shows of a state: a PNG file for each
// overlay and none, and for each of Windows' themes a pack of ICO files, first
// the one without an overlay, then the overlays in their order.
func addTrayIcons(files map[string][]byte, state drawing, overlays []drawing) error {
	choices := []*drawing{nil}
	for i := range overlays {
		choices = append(choices, &overlays[i])
	}
	for _, overlay := range choices {
		name := fmt.Sprintf("%s/%s.png", trayFolder, state.name)
		if overlay != nil {
			name = fmt.Sprintf("%s/%s-%s.png", trayFolder, state.name, overlay.name)
		}
		i, err := newIcon(state, overlay, both)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if files[name], err = encodePNG(i.render(trayPNGSize)); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	for _, t := range []theme{light, dark} {
		name := fmt.Sprintf("%s/%s-%s.ico.gz", trayFolder, state.name, t.name)
		var icos [][]byte
		for _, overlay := range choices {
			i, err := newIcon(state, overlay, t)
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			data, err := encodeICO(i.renderAll(trayICOSizes))
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			icos = append(icos, data)
		}
		data, err := encodePack(icos)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		files[name] = data
	}
	return nil
}
