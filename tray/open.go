package tray

import (
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"runtime"

	"github.com/cli/browser"
)

// openPath shows a file or folder in the program that the system has for it.
// Windows takes the path as it is; a browser on Linux wants a URL.
func openPath(path string) error {
	browser.Stdout, browser.Stderr = io.Discard, io.Discard
	place := path
	if runtime.GOOS != "windows" {
		place = (&url.URL{Scheme: "file", Path: path}).String()
	}
	if err := browser.OpenURL(place); err != nil {
		return fmt.Errorf("%w; open it by hand", &fs.PathError{Op: "opening", Path: path, Err: err})
	}
	return nil
}
