package main

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"

	"golang.org/x/image/bmp"
)

// installerFolder is for the pictures on the pages of Windows' installer.
const installerFolder = "installer"

// addInstallerPictures makes them of the program's drawing, in the sizes that the
// pages of NSIS have room for.
func addInstallerPictures(files map[string][]byte, app drawing, states []drawing) error {
	side, err := installerSide(app, states)
	if err != nil {
		return err
	}
	for name, picture := range map[string]image.Image{"header.bmp": installerHeader(app), "side.bmp": side} {
		var out bytes.Buffer
		if err := bmp.Encode(&out, picture); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		files[installerFolder+"/"+name] = out.Bytes()
	}
	return nil
}

// installerHeader stands at the right of a page's white head.
func installerHeader(app drawing) image.Image {
	picture := filled(image.Pt(150, 57), color.White)
	put(picture, app, 41, image.Pt(121, 28))
	return picture
}

// installerSide stands at the left of the last page: the program, and below it the
// way back into the game.
func installerSide(app drawing, states []drawing) (image.Image, error) {
	picture := filled(image.Pt(164, 314), darkBar)
	put(picture, app, 96, image.Pt(82, 104))
	for _, d := range states {
		at, ok := map[string]int{"connecting": 38, "downloading_files": 82, "in_game": 126}[d.name]
		if !ok {
			continue
		}
		d, err := repaint(d, dark.states)
		if err != nil {
			return nil, err
		}
		put(picture, d, 28, image.Pt(at, 222))
	}
	return picture, nil
}

func filled(size image.Point, with color.Color) *image.RGBA {
	picture := image.NewRGBA(image.Rectangle{Max: size})
	draw.Draw(picture, picture.Rect, image.NewUniform(with), image.Point{}, draw.Src)
	return picture
}

// put draws d with sides of that many pixels around a point.
func put(picture *image.RGBA, d drawing, size int, middle image.Point) {
	at := middle.Sub(image.Pt(size/2, size/2))
	draw.Draw(picture, image.Rectangle{at, at.Add(image.Pt(size, size))}, d.render(size), image.Point{}, draw.Over)
}
