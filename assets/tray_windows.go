package assets

import (
	"bytes"
	"compress/gzip"
	"embed"
	"io"
)

// One file a state and theme, with the ICO files of all overlays: see Tray.
//
//go:embed icons/tray/*.ico.gz
var trayFiles embed.FS

const trayExt = ".ico"

// Tray returns the bytes that the tray of this system takes: an ICO file with the
// sizes from 16 to 64 pixels on Windows, a PNG file of 48 elsewhere; nil for a
// name that is not in Icons. The theme counts on Windows alone, where Both is
// taken for Dark; elsewhere the icon is seen on all taskbars. The slice is the
// caller's own.
//
// It is unpacked anew each time, which takes a millisecond or so.
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
	// The pack holds files of one length; all but the first are stored as what
	// differs from it.
	length := len(files) / overlays
	icon := files[:length:length]
	if o != None {
		for n, difference := range files[int(o)*length : int(o+1)*length] {
			icon[n] ^= difference
		}
	}
	return icon
}
