// Package assets holds the files that are part of the program: icons and texts. The SVG files in
// the folder icons are drawn by hand; the other files there are generated from them.
package assets

import (
	"embed"
	"strings"
)

//go:generate go run ./gen

// Icon is the name of an icon. Icons differ by their outline and by the sign on them; colour only
// groups them: orange is busy, grey is off.
type Icon string

// The tray icons.
const (
	NotRunning       Icon = "not_running"       // no client: a grey power sign
	Loading          Icon = "loading"           // an orange hourglass
	MainMenu         Icon = "main_menu"         // a blue tile, three rows
	Connecting       Icon = "connecting"        // an orange signpost, chevrons to the right
	DownloadingFiles Icon = "downloading_files" // an orange file, an arrow down onto a line
	InGame           Icon = "in_game"           // a green disc, a play sign
	Disconnecting    Icon = "disconnecting"     // an orange signpost, an arrow to the left
	Error            Icon = "error"             // a red triangle, an exclamation mark
	Unknown          Icon = "unknown"           // no answer, or an unknown one: a purple lozenge, a question mark
)

// App is the icon of the program itself. It is not a tray icon.
const App Icon = "app"

// Icons lists the tray icons.
func Icons() []Icon {
	return []Icon{
		NotRunning, Loading, MainMenu, Connecting, DownloadingFiles,
		InGame, Disconnecting, Error, Unknown,
	}
}

// Overlay is a mark at the bottom right of an icon.
type Overlay uint8

// The overlays, in the order of their SVG files' names, which the icons for Windows rely on.
const (
	NoOverlay    Overlay = iota
	AutomaticOff         // a cross: automatic reconnects are off
	Failed               // an exclamation mark: a reconnect has failed
	Paused               // two bars: automatic reconnects are paused
	Pending              // a clock: a reconnect waits or is under way
	ServerDown           // a triangle that points down: in game with the server down
)

// overlays is the number of overlays, with NoOverlay.
const overlays = 6

// String returns the overlay's name, as in the name of its SVG file.
func (o Overlay) String() string {
	return [overlays]string{"none", "automatic_off", "failed", "paused", "pending", "server_down"}[o]
}

// Theme is a kind of taskbar.
type Theme uint8

// The themes.
const (
	Both  Theme = iota // not known to be light or dark
	Light              // a light taskbar
	Dark               // a dark taskbar
)

// String returns the theme's name: "both", "light" or "dark".
func (t Theme) String() string {
	return [...]string{"both", "light", "dark"}[t]
}

//go:embed icons/png/*-64.png
var pictureFiles embed.FS

// PNG returns the icon as a PNG file of 64 by 64 pixels; nil for an unknown name.
func PNG(i Icon) []byte {
	data, _ := pictureFiles.ReadFile("icons/png/" + string(i) + "-64.png")
	return data
}

//go:embed icons/*.svg
var drawings embed.FS

// SVG returns an SVG file by its name, such as "overlay_paused.svg".
func SVG(name string) (data []byte, ok bool) {
	data, err := drawings.ReadFile("icons/" + name)
	return data, err == nil && strings.HasSuffix(name, ".svg")
}
