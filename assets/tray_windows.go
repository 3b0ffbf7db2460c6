package assets

import (
	"bytes"
	"compress/gzip"
	"embed"
	"io"
)

// trayFiles has a file for each icon and theme, with the ICO files of all overlays: see Tray.
//
//go:embed icons/tray/*.ico.gz
var trayFiles embed.FS

// Ext is the extension of a file with Tray's bytes.
const Ext = ".ico"

// Tray returns an ICO file with the sizes from 16 to 64 pixels; nil for an unknown name. It takes
// about a millisecond. For Both it returns the icon for Dark.
func Tray(i Icon, o Overlay, t Theme) []byte {
	if t != Light {
		t = Dark
	}
	packed, _ := trayFiles.ReadFile("icons/tray/" + string(i) + "-" + t.String() + ".ico.gz")
	unpacked, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil
	}
	files, _ := io.ReadAll(unpacked) // a test reads them all
	// The files have the same length; all but the first are stored as the difference from it.
	length := len(files) / overlays
	icon := files[:length:length]
	if o != NoOverlay {
		for n, difference := range files[int(o)*length : int(o+1)*length] {
			icon[n] ^= difference
		}
	}
	return icon
}
