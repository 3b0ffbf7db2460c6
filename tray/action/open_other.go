//go:build !windows

package action

import (
	"net/url"

	"github.com/cli/browser"
)

// showPath asks for it as a URL, which a browser wants.
func showPath(path string) error {
	return browser.OpenURL((&url.URL{Scheme: "file", Path: path}).String())
}
