package tray

import (
	"fmt"
	"io"
	"io/fs"

	"github.com/cli/browser"
)

// openPath shows a file or folder in the program that the system has for it.
func openPath(path string) error {
	browser.Stdout, browser.Stderr = io.Discard, io.Discard
	if err := browser.OpenFile(path); err != nil {
		return fmt.Errorf("%w; open it by hand", &fs.PathError{Op: "opening", Path: path, Err: err})
	}
	return nil
}
