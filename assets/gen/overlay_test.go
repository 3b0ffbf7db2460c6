package main

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"testing"
)

// marked is the least difference, at 16 by 16 pixels and without colours,
// between an icon with one overlay and with another: as much as that many black
// pixels instead of white ones. It was chosen by eye.
const marked = 16

// recognised is the least difference in shape between two states with the same
// overlay, which hides a good quarter of both.
const recognised = 40

// withOverlays returns a state with each overlay, first of all with none.
func withOverlays(t *testing.T, d drawing, overlays []drawing, in theme) []icon {
	t.Helper()
	choices := []*drawing{nil}
	for n := range overlays {
		choices = append(choices, &overlays[n])
	}
	var all []icon
	for _, overlay := range choices {
		i, err := newIcon(d, overlay, in)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, i)
	}
	return all
}

// name says which overlay is at a place in what withOverlays returns.
func name(overlays []drawing, n int) string {
	if n == 0 {
		return "none"
	}
	return overlays[n-1].name
}

func TestOverlaysAreToldApartInEveryState(t *testing.T) {
	all := read(t)
	for way, small := range smallPictures {
		for _, theme := range themes {
			for _, bar := range theme.bars {
				least, pair := math.Inf(1), ""
				for _, d := range all.states {
					var seen []shape
					for _, i := range withOverlays(t, d, all.overlays, theme) {
						seen = append(seen, brightness(small(i), bar))
					}
					for i, a := range seen {
						for j, b := range seen[:i] {
							what := d.name + " with " + name(all.overlays, i) + " and with " + name(all.overlays, j)
							got := difference(a, b)
							if got < marked {
								t.Errorf("%s, %s on %v: %s differ by %.1f pixels, want %d at least", way, theme.name, bar, what, got, marked)
							}
							if got < least {
								least, pair = got, what
							}
						}
					}
				}
				t.Logf("%s, %s on %v: nearest are %s, %.1f pixels", way, theme.name, bar, pair, least)
			}
		}
	}
}

func TestStatesAreToldApartUnderEveryOverlay(t *testing.T) {
	all := read(t)
	for way, small := range smallPictures {
		for _, theme := range []theme{both, light} {
			least, pair := math.Inf(1), ""
			for n := range 1 + len(all.overlays) {
				var shapes []shape
				for _, d := range all.states {
					shapes = append(shapes, shapeOf(small(withOverlays(t, d, all.overlays, theme)[n])))
				}
				for i, a := range shapes {
					for j, b := range shapes[:i] {
						what := all.states[i].name + " and " + all.states[j].name + " with " + name(all.overlays, n)
						got := difference(a, b)
						if got < recognised {
							t.Errorf("%s, %s: %s differ by %.1f pixels, want %d at least", way, theme.name, what, got, recognised)
						}
						if got < least {
							least, pair = got, what
						}
					}
				}
			}
			t.Logf("%s, %s: nearest are %s, %.1f pixels", way, theme.name, pair, least)
		}
	}
}

// brightness is what somebody who sees no colours sees of a picture on a
// taskbar, from 0, black, to 1.
func brightness(picture *image.NRGBA, bar color.NRGBA) shape {
	seen := image.NewGray(picture.Rect)
	draw.Draw(seen, seen.Rect, image.NewUniform(bar), image.Point{}, draw.Src)
	draw.Draw(seen, seen.Rect, picture, image.Point{}, draw.Over)
	var s shape
	for _, pixel := range seen.Pix {
		s = append(s, float64(pixel)/255)
	}
	return s
}

// TestAColourThatNoThemeKnows keeps an icon from being half of one theme, half
// of another.
func TestAColourThatNoThemeKnows(t *testing.T) {
	d, err := newDrawing("new", []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><circle fill="#123456" cx="32" cy="32" r="32"/></svg>`))
	if err != nil {
		t.Fatal(err)
	}
	for _, theme := range []theme{light, dark} {
		if _, err := newIcon(d, nil, theme); err == nil {
			t.Errorf("%s: no error", theme.name)
		}
		if _, err := newIcon(read(t).states[0], &d, theme); err == nil {
			t.Errorf("%s, as an overlay: no error", theme.name)
		}
	}
}
