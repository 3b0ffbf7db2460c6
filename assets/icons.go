// Package assets holds the files that are part of the program: its icons.
//
// The icons are drawn by hand as SVG files in the folder icons, one a state and
// one an overlay; all other files there are made from those.
package assets

import (
	"embed"
	"strings"
)

//go:generate go run ./gen

// Icon is the name of an icon. Each state of the alt:V client has one of its
// own, told apart by its outline and by the sign on it; colour only groups
// them: orange is busy, grey is off.
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
	Unknown          Icon = "unknown"           // no answer, or none that is known: a purple lozenge, a question mark
)

// App is the icon of the program itself. It is no tray icon: Icons leaves it
// out, Picture has it, Tray does not.
const App Icon = "app"

// Icons lists the tray icons. The slice is the caller's own.
func Icons() []Icon {
	return []Icon{
		NotRunning, Loading, MainMenu, Connecting, DownloadingFiles,
		InGame, Disconnecting, Error, Unknown,
	}
}

// Overlay is a mark at the bottom right of an icon, told apart from the others
// by its shape. An icon has one at most.
type Overlay uint8

// The overlays, in the order of their SVG files' names: so they lie in the
// packs of Windows' icons.
const (
	None         Overlay = iota
	AutomaticOff         // a cross: nothing is reconnected by itself
	Failed               // an exclamation mark: a reconnect has failed
	Paused               // two bars: nothing is reconnected for a while
	Pending              // a clock: a reconnect waits or is under way
	ServerDown           // a triangle that points down: in game with the server down
)

// overlays is how many there are, with None.
const overlays = 6

// String returns the overlay's name, as its SVG file has it after "overlay_", and
// "none" for None.
func (o Overlay) String() string {
	return [overlays]string{"none", "automatic_off", "failed", "paused", "pending", "server_down"}[o]
}

// Theme is a kind of taskbar.
type Theme uint8

// The themes.
const (
	Both  Theme = iota // one of which nobody knows whether it is light or dark
	Light              // a light taskbar
	Dark               // a dark taskbar
)

// String returns the theme's name: "both", "light" or "dark".
func (t Theme) String() string {
	return [...]string{"both", "light", "dark"}[t]
}

// Ext is the ending of a file with Tray's bytes: ".ico" on Windows, ".png"
// elsewhere.
func Ext() string { return trayExt }

//go:embed icons/png/*-64.png
var pictureFiles embed.FS

// Picture returns a PNG file of 64 by 64 pixels on every system, for
// notifications and the like; nil for a name that is neither in Icons nor App.
// The slice is the caller's own.
func Picture(i Icon) []byte {
	data, _ := pictureFiles.ReadFile("icons/png/" + string(i) + "-64.png")
	return data
}

//go:embed icons/*.svg
var drawings embed.FS

// Drawing gives an SVG file by its name, as "in_game.svg" or
// "overlay_paused.svg"; false where there is none. The slice is the caller's own.
func Drawing(name string) (data []byte, ok bool) {
	data, err := drawings.ReadFile("icons/" + name)
	return data, err == nil && strings.HasSuffix(name, ".svg")
}
