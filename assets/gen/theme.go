package main

import (
	"bytes"
	"fmt"
	"image/color"
	"maps"
	"regexp"
	"slices"
)

// A theme is a kind of taskbar that icons are made for. An icon has one SVG
// file for all of them; a theme says what becomes of the colours in it.
type theme struct {
	name     string
	bars     []color.NRGBA     // the taskbars that its icons are shown on
	states   map[string]string // nil leaves the colours of the states as they are
	overlays map[string]string // the same for the overlays
	inset    float64           // how far overlays are from the edge, in units of the SVG files
}

// The colours of the taskbar, light and dark: those of Windows 11.
var (
	lightBar = color.NRGBA{0xf3, 0xf3, 0xf3, 0xff}
	darkBar  = color.NRGBA{0x20, 0x20, 0x20, 0xff}
)

// both is for taskbars that do not tell whether they are light or dark. Its
// plates have a middle brightness. Its overlays are white, and what lies around
// them is dark on all sides, so that they stand out from a light bar too.
var both = theme{
	name:  "both",
	bars:  []color.NRGBA{lightBar, darkBar},
	inset: 4,
}

// light has dark plates with white signs, and dark overlays.
var light = theme{
	name: "light",
	bars: []color.NRGBA{lightBar},
	states: map[string]string{
		"#cc6600":  "#a85100", // busy
		"#7a838c":  "#5f6870", // off
		"#1f7ae0":  "#1565c0", // in the menu
		"#12863f":  "#0b7334", // in game
		"#d93636":  "#c42b1c", // an error
		"#8f5bd6":  "#7a45c4", // not known
		signColour: "#ffffff",
	},
	overlays: map[string]string{
		"#ffffff":  "#1c1c1c",
		warnColour: "#c42b1c",
		gapColour:  "none",
	},
}

// dark is the other way round: bright plates with dark signs, white overlays.
var dark = theme{
	name: "dark",
	bars: []color.NRGBA{darkBar},
	states: map[string]string{
		"#cc6600":  "#ffa033",
		"#7a838c":  "#a9b2bb",
		"#1f7ae0":  "#66adff",
		"#12863f":  "#4cc776",
		"#d93636":  "#ff8078",
		"#8f5bd6":  "#c49cff",
		signColour: "#1c1c1c",
	},
	overlays: map[string]string{
		"#ffffff":  "#ffffff",
		warnColour: "#ffd84d",
		gapColour:  "none",
	},
}

// Colours of the SVG files that mean the same in each of them.
const (
	signColour = "#ffffff" // the sign on a state's plate
	gapColour  = "#202020" // what keeps an overlay off the state
	warnColour = "#ffd84d" // an overlay that wants to be seen
)

// colours finds the colours in an SVG file.
var colours = regexp.MustCompile(`#[0-9a-fA-F]+`)

// repaint returns the drawing in other colours. A colour that paint leaves out is
// an error: the drawing would be half of one theme and half of another.
func repaint(d drawing, paint map[string]string) (drawing, error) {
	if paint == nil {
		return d, nil
	}
	var err error
	source := colours.ReplaceAllFunc(d.source, func(colour []byte) []byte {
		other, ok := paint[string(bytes.ToLower(colour))]
		if !ok {
			err = fmt.Errorf("%s.svg has the colour %s, of which the themes know nothing: take one of %q, or add it to theme.go",
				d.name, colour, slices.Sorted(maps.Keys(paint)))
		}
		return []byte(other)
	})
	if err != nil {
		return drawing{}, err
	}
	return newDrawing(d.name, source)
}
