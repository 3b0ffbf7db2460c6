//go:build !windows

package assets

import "embed"

//go:embed icons/tray/*.png
var trayFiles embed.FS

const trayExt = ".png"

// Tray returns the bytes that the tray of this system takes: an ICO file with the
// sizes from 16 to 64 pixels on Windows, a PNG file of 48 elsewhere; nil for a
// name that is not in Icons. The theme counts on Windows alone, where Both is
// taken for Dark; elsewhere the icon is seen on all taskbars. The slice is the
// caller's own.
func Tray(i Icon, o Overlay, _ Theme) []byte {
	name := string(i)
	if o != None {
		name += "-" + o.String()
	}
	data, _ := trayFiles.ReadFile("icons/tray/" + name + ".png")
	return data
}
