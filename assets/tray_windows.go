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

// Tray gives the bytes that the tray of this system takes: an ICO file with the
// sizes from 16 to 64 pixels on Windows, a PNG file of 48 elsewhere. The theme
// counts on Windows alone, where Both is taken for Dark; elsewhere the icon is
// seen on all taskbars. A name that is not in Icons gets Unknown's picture, an
// overlay that does not exist is None. The slice is the caller's own.
//
// It is unpacked anew each time, which takes a millisecond or so.
func Tray(i Icon, o Overlay, t Theme) []byte {
	if t != Light {
		t = Dark
	}
	if o >= overlays {
		o = None
	}
	// The pack holds files of one length; all but the first are stored as what
	// differs from it.
	packed := read(trayFiles, "icons/tray/%s-"+t.String()+".ico.gz", i)
	files := unpack(packed)
	length := len(files) / overlays
	icon := files[:length:length]
	if o != None {
		for n, difference := range files[int(o)*length : int(o+1)*length] {
			icon[n] ^= difference
		}
	}
	return icon
}

// unpack gives nothing for what cannot be unpacked; that no such file is in the
// program, a test sees to.
func unpack(packed []byte) []byte {
	from, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil
	}
	data, err := io.ReadAll(from)
	if err != nil {
		return nil
	}
	return data
}
