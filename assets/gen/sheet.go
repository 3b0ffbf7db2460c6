package main

import (
	"image"
	"image/color"
	"image/draw"
	"slices"

	"golang.org/x/image/font"
	"golang.org/x/image/font/basicfont"
	"golang.org/x/image/math/fixed"
)

// sheetSizes are the sizes shown on the contact sheet: a taskbar's at 100 %,
// 150 % and 200 %.
var sheetSizes = []int{16, 24, 32}

// Lengths on the contact sheet, in pixels.
const (
	sheetRow   = 40
	sheetHead  = 28
	sheetCell  = 40
	sheetLabel = 148
	sheetEdge  = 12
)

// drawSheet shows every icon with every overlay in every size of sheetSizes:
// above what Windows' two themes get, each on its bar, and below the icons for
// all bars, on both.
func drawSheet(all drawings) (image.Image, error) {
	width := sheetLabel + sheetCell*len(sheetSizes)*(1+len(all.overlays)) + sheetEdge
	height := sheetHead + sheetRow*(len(all.states)+len(all.others))
	sheet := image.NewNRGBA(image.Rect(0, 0, 2*width, 2*height))
	for n, of := range []struct {
		theme
		title string
		bar   color.NRGBA
	}{
		{light, "Windows, light", lightBar},
		{dark, "Windows, dark", darkBar},
		{both, "other, light", lightBar},
		{both, "other, dark", darkBar},
	} {
		at := image.Pt(n%2*width, n/2*height)
		part := sheetPart{sheet.SubImage(image.Rectangle{at, at.Add(image.Pt(width, height))}).(*image.NRGBA), of.bar}
		draw.Draw(part.sheet, part.sheet.Rect, image.NewUniform(of.bar), image.Point{}, draw.Src)
		part.write(0, sheetHead/2, of.title)
		for column, overlay := range all.overlays {
			part.write(sheetLabel+sheetCell*len(sheetSizes)*(column+1), sheetHead/2, overlay.name)
		}
		for row, d := range slices.Concat(all.states, all.others) {
			middle := sheetHead + row*sheetRow + sheetRow/2
			part.write(0, middle, d.name)
			if row >= len(all.states) {
				part.show(sheetLabel, middle, icon{state: d})
				continue
			}
			plain, err := newIcon(d, nil, of.theme)
			if err != nil {
				return nil, err
			}
			part.show(sheetLabel, middle, plain)
			for column := range all.overlays {
				i, err := newIcon(d, &all.overlays[column], of.theme)
				if err != nil {
					return nil, err
				}
				part.show(sheetLabel+sheetCell*len(sheetSizes)*(column+1), middle, i)
			}
		}
	}
	return sheet, nil
}

// sheetPart is the part of the sheet that shows one taskbar.
type sheetPart struct {
	sheet *image.NRGBA
	bar   color.NRGBA
}

// write puts a text at x, its middle at y.
func (p sheetPart) write(x, y int, text string) {
	ink := darkBar
	if p.bar == darkBar {
		ink = lightBar
	}
	at := p.sheet.Rect.Min.Add(image.Pt(x+sheetEdge, y+4))
	label := font.Drawer{Dst: p.sheet, Src: image.NewUniform(ink), Face: basicfont.Face7x13, Dot: fixed.P(at.X, at.Y)}
	label.DrawString(text)
}

// show puts the icon in each size at x and further right, its middle at y.
func (p sheetPart) show(x, y int, i icon) {
	for n, size := range sheetSizes {
		at := p.sheet.Rect.Min.Add(image.Pt(x+n*sheetCell+(sheetCell-size)/2, y-size/2))
		draw.Draw(p.sheet, image.Rectangle{at, at.Add(image.Pt(size, size))}, i.render(size), image.Point{}, draw.Over)
	}
}
