package tray

import (
	"fmt"
	"io"

	"github.com/cli/browser"
)

// openPath shows a file or folder in the program that the system has for it.
func openPath(path string) error {
	browser.Stdout, browser.Stderr = io.Discard, io.Discard
	if err := browser.OpenFile(path); err != nil {
		return fmt.Errorf("opening %s: %w; open it by hand", path, err)
	}
	return nil
}
