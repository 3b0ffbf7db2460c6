package action

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

// openSettings makes the file where there is none: the defaults with their
// comments are what a user wants to see then.
func (d *Doer) openSettings() Answer {
	if err := d.Store.Ensure(); err != nil {
		return d.trouble("notice.settings_not_opened", err)
	}
	return d.opened(d.Store.File())
}

// opened shows a file or folder. A program that is started without a desktop in
// between comes back only when it has ended.
func (d *Doer) opened(path string) Answer {
	if err := d.unlessEnded(func() error { return d.Open(path) }); err != nil {
		return d.trouble("notice.not_opened", err)
	}
	return Answer{}
}
