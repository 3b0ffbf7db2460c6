package main

import (
	"image/color"
	"math"
	"testing"
)

// TestIconsAreSeenOnBothBars asks of every icon the contrast of 3 to 1 that WCAG
// 2.1 (1.4.11, non-text contrast) wants of signs: its plate against a light and
// a dark taskbar, and the white sign against its plate.
func TestIconsAreSeenOnBothBars(t *testing.T) {
	drawings, err := readDrawings(icons)
	if err != nil {
		t.Fatal(err)
	}
	grounds := map[string]color.NRGBA{
		"a light bar": lightBar,
		"a dark bar":  darkBar,
		"white":       {0xff, 0xff, 0xff, 0xff},
	}
	for _, d := range drawings {
		for name, ground := range grounds {
			if got := contrast(plateColour(d.render(64)), ground); got < 3 {
				t.Errorf("%s has a contrast of %.2f to 1 with %s, want 3", d.name, got, name)
			}
		}
	}
}

// contrast is WCAG's contrast ratio, from 1 to 21.
func contrast(a, b color.NRGBA) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

// luminance is WCAG's relative luminance, from 0 to 1.
func luminance(c color.NRGBA) float64 {
	linear := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
}
