package main

import (
	"image"
	"image/color"
	"image/draw"

	"golang.org/x/image/font"
	"golang.org/x/image/font/basicfont"
	"golang.org/x/image/math/fixed"
)

// The colours of the Windows 11 taskbar, light and dark.
var (
	lightBar = color.NRGBA{0xf3, 0xf3, 0xf3, 0xff}
	darkBar  = color.NRGBA{0x20, 0x20, 0x20, 0xff}
)

// sheetSizes are the sizes shown on the contact sheet: a taskbar's at 100 %,
// 150 % and 200 %.
var sheetSizes = []int{16, 24, 32}

// Lengths on the contact sheet, in pixels.
const (
	sheetRow   = 44
	sheetCell  = 44
	sheetLabel = 136
	sheetEdge  = 12
)

// drawSheet shows every icon in every size of sheetSizes on both bars, one row
// an icon, with its name.
func drawSheet(drawings []drawing) image.Image {
	half := sheetLabel + sheetCell*len(sheetSizes) + sheetEdge
	sheet := image.NewNRGBA(image.Rect(0, 0, 2*half, sheetRow*len(drawings)))
	for column, bar := range []color.NRGBA{lightBar, darkBar} {
		ink := darkBar
		if bar == darkBar {
			ink = lightBar
		}
		left := column * half
		draw.Draw(sheet, image.Rect(left, 0, left+half, sheet.Rect.Max.Y), image.NewUniform(bar), image.Point{}, draw.Src)
		for row, d := range drawings {
			middle := row*sheetRow + sheetRow/2
			label := font.Drawer{
				Dst:  sheet,
				Src:  image.NewUniform(ink),
				Face: basicfont.Face7x13,
				Dot:  fixed.P(left+sheetEdge, middle+4),
			}
			label.DrawString(d.name)
			for i, size := range sheetSizes {
				x := left + sheetLabel + i*sheetCell + (sheetCell-size)/2
				at := image.Rect(x, middle-size/2, x+size, middle-size/2+size)
				draw.Draw(sheet, at, d.render(size), image.Point{}, draw.Over)
			}
		}
	}
	return sheet
}
