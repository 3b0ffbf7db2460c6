//go:build !windows

package assets

import "embed"

//go:embed icons/tray/*.png
var trayFiles embed.FS

// Ext is the extension of a file with Tray's bytes.
const Ext = ".png"

// Tray returns a PNG file of 48 pixels for taskbars of both themes; nil for an unknown name.
func Tray(i Icon, o Overlay, _ Theme) []byte {
	name := string(i)
	if o != NoOverlay {
		name += "-" + o.String()
	}
	data, _ := trayFiles.ReadFile("icons/tray/" + name + ".png")
	return data
}
