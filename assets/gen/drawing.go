package main

import (
	"bytes"
	"image"
	"image/draw"
	"slices"

	"github.com/fyne-io/oksvg"
	"github.com/srwiley/rasterx"
)

// A drawing is one SVG source, of an icon or an overlay, not tied to a size.
type drawing struct {
	name   string // the file's name without its ending
	source []byte
	svg    *oksvg.SvgIcon // the source, parsed
}

// newDrawing is strict: an element that would be left out of the picture is an
// error.
func newDrawing(name string, source []byte) (drawing, error) {
	svg, err := oksvg.ReadIconStream(bytes.NewReader(source), oksvg.StrictErrorMode)
	return drawing{name, source, svg}, err
}

// render draws the icon on a transparent square with sides of size pixels.
func (d drawing) render(size int) *image.NRGBA { return d.renderOff(size, 0) }

// renderOff draws it moved down and to the right by that many units of its own;
// what was outside of its view box comes into sight.
func (d drawing) renderOff(size int, off float64) *image.NRGBA {
	svg := *d.svg
	scale := float64(size) / svg.ViewBox.W
	svg.SetTarget(off*scale, off*scale, float64(size), float64(size))
	svg.SVGPaths = slices.Clone(svg.SVGPaths)
	for i := range svg.SVGPaths {
		// oksvg scales a path's points, but not the width of its line.
		svg.SVGPaths[i].LineWidth *= scale
	}

	// The scanner blends in premultiplied colour; the encoders want it straight.
	canvas := image.NewRGBA(image.Rect(0, 0, size, size))
	scanner := rasterx.NewScannerGV(size, size, canvas, canvas.Bounds())
	svg.Draw(rasterx.NewDasher(size, size, scanner), 1)

	straight := image.NewNRGBA(canvas.Bounds())
	draw.Draw(straight, straight.Bounds(), canvas, image.Point{}, draw.Src)
	return straight
}
