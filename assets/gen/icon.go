package main

import (
	"image"
	"image/draw"
)

// An icon is a state's drawing as a theme shows it, with an overlay or without.
type icon struct {
	state drawing
	gap   *drawing // all that the overlay takes from the state; nil without one
	sign  drawing  // what of the overlay is seen
	inset float64
}

// newIcon puts an overlay on a state; nil puts none. Overlays lie at the bottom
// right with a gap around them, without which they would run into the state at
// 16 pixels.
func newIcon(state drawing, overlay *drawing, t theme) (icon, error) {
	painted, err := repaint(state, t.states)
	if err != nil || overlay == nil {
		return icon{state: painted}, err
	}
	sign, err := repaint(*overlay, t.overlays)
	return icon{painted, overlay, sign, t.inset}, err
}

// render draws the icon on a transparent square with sides of size pixels.
func (i icon) render(size int) *image.NRGBA {
	picture := i.state.render(size)
	if i.gap == nil {
		return picture
	}
	gap := i.gap.renderOff(size, -i.inset)
	for p := 0; p < len(picture.Pix); p += 4 {
		left := uint32(picture.Pix[p+3]) * (0xff - uint32(gap.Pix[p+3]))
		picture.Pix[p+3] = uint8((left + 0x7f) / 0xff)
		if picture.Pix[p+3] == 0 {
			clear(picture.Pix[p : p+3]) // a colour that nobody sees packs badly
		}
	}
	draw.Draw(picture, picture.Rect, i.sign.renderOff(size, -i.inset), image.Point{}, draw.Over)
	return picture
}

// renderAll draws the icon in each size, each from the vector source: a picture
// made smaller from a larger one loses its sharp edges.
func (i icon) renderAll(sizes []int) []image.Image {
	pictures := make([]image.Image, len(sizes))
	for n, size := range sizes {
		pictures[n] = i.render(size)
	}
	return pictures
}
