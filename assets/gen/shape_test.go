package main

import (
	"bytes"
	"image"
	"image/color"
	"math"
	"slices"
	"testing"
)

// A shape says for each pixel how much of it the icon's plate covers, from 0 to
// 1: what is left of an icon when its colours are taken away. The sign is a hole
// in the plate, an overlay a part of it.
type shape []float64

// shapeOf takes the colour away from a picture of an icon in the theme light or
// both, whose signs are white.
func shapeOf(picture *image.NRGBA) shape {
	plate := plateColour(picture, white)
	var s shape
	for i := 0; i < len(picture.Pix); i += 4 {
		p := picture.Pix[i : i+4]
		s = append(s, float64(p[3])/255*(1-whiteness(p, plate)))
	}
	return s
}

// whiteness says where between the plate's colour, 0, and white, 1, a pixel
// lies.
func whiteness(pixel []uint8, plate color.NRGBA) float64 {
	var along, whole float64
	for c, from := range []uint8{plate.R, plate.G, plate.B} {
		toWhite := 255 - float64(from)
		along += (float64(pixel[c]) - float64(from)) * toWhite
		whole += toWhite * toWhite
	}
	return max(0, min(1, along/whole))
}

var white = color.NRGBA{0xff, 0xff, 0xff, 0xff}

// plateColour is the colour, apart from the sign's, that most opaque pixels have.
func plateColour(picture *image.NRGBA, sign color.NRGBA) color.NRGBA {
	count := make(map[color.NRGBA]int)
	var most color.NRGBA
	for i := 0; i < len(picture.Pix); i += 4 {
		c := color.NRGBA{picture.Pix[i], picture.Pix[i+1], picture.Pix[i+2], picture.Pix[i+3]}
		if c.A != 0xff || c == sign {
			continue
		}
		if count[c]++; count[c] > count[most] {
			most = c
		}
	}
	return most
}

// difference is the number of pixels, in whole pixels' worth, that two shapes
// do not share.
func difference(a, b shape) float64 {
	sum := 0.0
	for i := range a {
		sum += math.Abs(a[i] - b[i])
	}
	return sum
}

// different is the least difference, at 16 by 16 pixels, between two icons that
// nobody takes for each other: a fifth of the area. It was chosen by eye; the
// nearest two icons lie well above it, one icon in two colours far below.
const different = 256 / 5

// smallPictures are the two ways in which an icon of 16 pixels comes about: drawn
// so, or drawn with 32 and halved, as Windows does it.
var smallPictures = map[string]func(icon) *image.NRGBA{
	"drawn":  func(i icon) *image.NRGBA { return i.render(16) },
	"halved": func(i icon) *image.NRGBA { return halve(i.render(32)) },
}

func TestIconsDifferInShape(t *testing.T) {
	all := read(t)
	for way, small := range smallPictures {
		drawn := slices.Concat(all.states, all.others)
		var shapes []shape
		for _, d := range drawn {
			shapes = append(shapes, shapeOf(small(icon{state: d})))
		}
		least, pair := math.Inf(1), ""
		for i, a := range shapes {
			for j, b := range shapes[:i] {
				d := difference(a, b)
				if d < different {
					t.Errorf("%s: %s and %s differ by %.1f pixels, want %d at least", way, drawn[i].name, drawn[j].name, d, different)
				}
				if d < least {
					least, pair = d, drawn[i].name+" and "+drawn[j].name
				}
			}
		}
		t.Logf("%s: nearest are %s, %.1f pixels", way, pair, least)
	}
}

// TestColourIsNoShape shows that the test above would catch an icon that is
// another one in a different colour.
func TestColourIsNoShape(t *testing.T) {
	all := read(t)
	for _, d := range slices.Concat(all.states, all.others) {
		for _, colour := range []string{"#000080", "#ffd000", "#808080"} {
			painted := recolour(t, d, colour)
			for way, small := range smallPictures {
				before, after := small(icon{state: d}), small(icon{state: painted})
				if plateColour(before, white) == plateColour(after, white) {
					t.Fatalf("%s was not painted %s", d.name, colour)
				}
				if got := difference(shapeOf(before), shapeOf(after)); got > different/10 {
					t.Errorf("%s: %s painted %s differs by %.1f pixels, want about none", way, d.name, colour, got)
				}
			}
		}
	}
}

// recolour returns the drawing with another plate colour.
func recolour(t *testing.T, d drawing, colour string) drawing {
	t.Helper()
	const digits = "0123456789abcdef"
	plate := plateColour(d.render(64), white)
	old := []byte{'#'}
	for _, c := range []uint8{plate.R, plate.G, plate.B} {
		old = append(old, digits[c>>4], digits[c&15])
	}
	painted, err := newDrawing(d.name, bytes.ReplaceAll(d.source, old, []byte(colour)))
	if err != nil {
		t.Fatal(err)
	}
	return painted
}

// halve makes one pixel out of each four.
func halve(picture *image.NRGBA) *image.NRGBA {
	half := image.NewNRGBA(image.Rect(0, 0, picture.Rect.Dx()/2, picture.Rect.Dy()/2))
	for y := range half.Rect.Dy() {
		for x := range half.Rect.Dx() {
			var r, g, b, a uint32
			for _, from := range []image.Point{{2 * x, 2 * y}, {2*x + 1, 2 * y}, {2 * x, 2*y + 1}, {2*x + 1, 2*y + 1}} {
				pr, pg, pb, pa := picture.At(from.X, from.Y).RGBA()
				r, g, b, a = r+pr, g+pg, b+pb, a+pa
			}
			half.Set(x, y, color.RGBA64{uint16(r / 4), uint16(g / 4), uint16(b / 4), uint16(a / 4)})
		}
	}
	return half
}
