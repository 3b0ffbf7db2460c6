package main

import (
	"fmt"
	"image/color"
	"math"
	"testing"
)

// WCAG 2.1 wants 3 to 1 of signs (1.4.11, non-text contrast) and 4.5 to 1 of
// text (1.4.3). Where the taskbar is known, icons have what text should have.
var leastContrast = map[string]float64{both.name: 3, light.name: 4.5, dark.name: 4.5}

var themes = []theme{both, light, dark}

// signOf is the colour of the signs on the plates.
func signOf(t theme) color.NRGBA { return painted(t.states, signColour) }

// painted says what becomes of a colour; the zero value is none.
func painted(paint map[string]string, colour string) color.NRGBA {
	if paint != nil {
		colour = paint[colour]
	}
	if colour == "none" {
		return color.NRGBA{}
	}
	c := color.NRGBA{A: 0xff}
	if _, err := fmt.Sscanf(colour, "#%02x%02x%02x", &c.R, &c.G, &c.B); err != nil {
		panic(fmt.Sprintf("the colour %q: %v", colour, err))
	}
	return c
}

// TestIconsAreSeen asks of every icon a contrast between its plate and the
// taskbar, and between its plate and the sign on it.
func TestIconsAreSeen(t *testing.T) {
	all := read(t)
	for _, theme := range themes {
		least := leastContrast[theme.name]
		drawn := all.states
		if theme.name == both.name {
			drawn = append(drawn, all.others...)
		}
		for _, d := range drawn {
			i, err := newIcon(d, nil, theme)
			if err != nil {
				t.Fatal(err)
			}
			sign := signOf(theme)
			plate := plateColour(i.render(64), sign)
			for _, bar := range theme.bars {
				if got := contrast(plate, bar); got < least {
					t.Errorf("%s, %s has a contrast of %.2f to 1 with the taskbar %v, want %v", theme.name, d.name, got, bar, least)
				}
			}
			if got := contrast(plate, sign); got < least {
				t.Errorf("%s, %s has a contrast of %.2f to 1 with its sign, want %v", theme.name, d.name, got, least)
			}
		}
	}
}

// TestOverlaysAreSeen asks the same of the overlays and what is around them: the
// gap, or the taskbar where the gap is a hole.
func TestOverlaysAreSeen(t *testing.T) {
	for _, theme := range themes {
		around := theme.bars
		if gap := painted(theme.overlays, gapColour); gap.A != 0 {
			around = []color.NRGBA{gap}
		}
		for _, ground := range around {
			for _, colour := range []string{"#ffffff", warnColour} {
				if got := contrast(painted(theme.overlays, colour), ground); got < 4.5 {
					t.Errorf("%s: an overlay of %s has a contrast of %.2f to 1 with %v, want 4.5", theme.name, colour, got, ground)
				}
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
