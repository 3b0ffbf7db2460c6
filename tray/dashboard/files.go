package dashboard

import (
	"bytes"
	"embed"
	"io/fs"
	"net/http"
	"path"
	"slices"
	"strings"

	"altv-tray/assets"
)

//go:embed page/index.html page/*.css page/*.js
var page embed.FS

// file is a file of the page.
type file struct {
	name string
	data []byte
}

var kinds = map[string]string{
	".html": "text/html; charset=utf-8",
	".css":  "text/css; charset=utf-8",
	".js":   "text/javascript; charset=utf-8",
	".svg":  "image/svg+xml",
}

// fileAt returns the file at a path; false if there is none.
func fileAt(at string) (file, bool) {
	if at == "/" {
		at = "/index.html"
	} else if at == "/index.html" {
		return file{}, false // the page has one address only
	}
	name := strings.TrimPrefix(at, "/")
	if icon, ok := strings.CutPrefix(name, "icons/"); ok {
		data, ok := drawing(icon)
		return file{icon, data}, ok
	}
	data, err := fs.ReadFile(page, "page/"+name)
	return file{name, data}, err == nil
}

// drawing returns the icon with that file name, or two icons one over the other, as
// "in_game+overlay_failed.svg".
func drawing(name string) (svg []byte, ok bool) {
	base, overlay, found := strings.Cut(name, "+")
	if !found {
		return uncut(name)
	}
	lower, ok := uncut(base + ".svg")
	upper, both := uncut(overlay)
	const end = "</svg>"
	at := bytes.LastIndex(lower, []byte(end))
	if !ok || !both || at < 0 {
		return nil, false
	}
	return slices.Concat(lower[:at], upper, []byte(end)), true
}

// uncut returns an icon without cutting anything off. An overlay is larger than the viewBox of its file,
// as on the small icons of a tray its border lies outside.
func uncut(name string) (svg []byte, ok bool) {
	svg, ok = assets.SVG(name)
	if strings.HasPrefix(name, "overlay_") {
		svg = bytes.Replace(svg, []byte(`viewBox="0 0 64 64"`), []byte(`viewBox="0 0 70 70"`), 1)
	}
	return svg, ok
}

func (f file) serve(w http.ResponseWriter) {
	w.Header().Set("Content-Type", kinds[path.Ext(f.name)])
	_, _ = w.Write(f.data)
}
