// Package assets holds the files that are part of the program: its icons.
//
// The icons are drawn by hand as SVG files in the folder icons; the PNG and ICO
// files beside them are made from those.
package assets

import "embed"

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

//go:embed icons/png/*-64.png
var pictureFiles embed.FS

// Tray gives the bytes that the tray of this system takes: an ICO file with all
// sizes on Windows, a PNG file elsewhere. A name that is not in Icons gets the
// bytes of Unknown. The slice is the caller's own.
func Tray(i Icon) []byte {
	return read(trayFiles, trayFile, i)
}

// Ext gives the ending of a file with Tray's bytes: ".ico" on Windows, ".png"
// elsewhere.
func Ext() string { return trayExt }

// Picture gives a PNG file of 64 by 64 pixels on every system, for
// notifications and the like. A name that is neither in Icons nor App gets the
// bytes of Unknown. The slice is the caller's own.
func Picture(i Icon) []byte {
	return read(pictureFiles, func(i Icon) string { return "icons/png/" + string(i) + "-64.png" }, i)
}

// read gives the icon's file, or Unknown's where there is none. Unknown's is
// always there: without it the program does not build.
func read(files embed.FS, name func(Icon) string, i Icon) []byte {
	data, err := files.ReadFile(name(i))
	if err != nil {
		data, _ = files.ReadFile(name(Unknown))
	}
	return data
}
