//go:build !windows

package action

import "github.com/cli/browser"

// openPath opens a file or folder in the desktop's program for it.
func openPath(path string) error { return browser.OpenURL(path) }
