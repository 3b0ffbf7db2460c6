//go:build !windows

package action

import "github.com/cli/browser"

func showPath(path string) error { return browser.OpenURL(path) }
