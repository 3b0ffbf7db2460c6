//go:build !windows

package assets

import "embed"

//go:embed icons/tray/*.png
var trayFiles embed.FS

const trayExt = ".png"

// Tray gives the bytes that the tray of this system takes: an ICO file with the
// sizes from 16 to 64 pixels on Windows, a PNG file of 48 elsewhere. The theme
// counts on Windows alone, where Both is taken for Dark; elsewhere the icon is
// seen on all taskbars. A name that is not in Icons gets Unknown's picture, an
// overlay that does not exist is None. The slice is the caller's own.
func Tray(i Icon, o Overlay, _ Theme) []byte {
	if name := o.String(); name != None.String() {
		return read(trayFiles, "icons/tray/%s-"+name+".png", i)
	}
	return read(trayFiles, "icons/tray/%s.png", i)
}
