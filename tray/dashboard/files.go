package dashboard

import (
	"embed"
	"io/fs"
	"net/http"
	"path"
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

// fileAt finds the file at a path; false where there is none.
func fileAt(at string) (file, bool) {
	if at == "/" {
		at = "/index.html"
	} else if at == "/index.html" {
		return file{}, false // one address for one page
	}
	name := strings.TrimPrefix(at, "/")
	if icon, ok := strings.CutPrefix(name, "icons/"); ok {
		data, ok := assets.Drawing(icon)
		return file{icon, data}, ok
	}
	data, err := fs.ReadFile(page, "page/"+name)
	return file{name, data}, err == nil
}

func (f file) serve(w http.ResponseWriter) {
	w.Header().Set("Content-Type", kinds[path.Ext(f.name)])
	_, _ = w.Write(f.data)
}
