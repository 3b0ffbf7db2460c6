package dashboard

import (
	"net/http"
	"strings"
)

// route is what there is at a path.
type route struct {
	method string
	open   bool // no token is needed
	do     func(*serving, http.ResponseWriter, *http.Request)
	post   func(*serving, http.ResponseWriter, *http.Request) // for POST beside GET; nil: none
}

// routes are all paths of the API.
var routes = map[string]route{
	"/api/session":  {method: http.MethodPost, open: true, do: (*serving).session},
	"/api/start":    {method: http.MethodGet, do: (*serving).start},
	"/api/stream":   {method: http.MethodGet, do: (*serving).stream},
	"/api/do":       {method: http.MethodPost, do: (*serving).do},
	"/api/history":  {method: http.MethodGet, do: (*serving).history},
	"/api/checks":   {method: http.MethodPost, do: (*serving).checks},
	"/api/folder":   {method: http.MethodPost, do: (*serving).folder},
	"/api/log":      {method: http.MethodGet, do: (*serving).log},
	"/api/settings": {method: http.MethodGet, do: (*serving).settings, post: (*serving).changeSettings},
}

// find returns what there is at a path; false where there is nothing.
func find(path string) (route, bool) {
	if r, ok := routes[path]; ok {
		return r, true
	}
	file, ok := fileAt(path)
	return route{method: http.MethodGet, open: true, do: func(_ *serving, w http.ResponseWriter, _ *http.Request) {
		file.serve(w)
	}}, ok
}

// headers stand on every answer. Nothing but the page's own files is loaded by
// it, no other page can hold or read it, and no cache keeps it.
var headers = map[string]string{
	"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; " +
		"connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
	"X-Content-Type-Options":       "nosniff",
	"X-Frame-Options":              "DENY",
	"Referrer-Policy":              "no-referrer",
	"Cache-Control":                "no-store",
	"Cross-Origin-Opener-Policy":   "same-origin",
	"Cross-Origin-Resource-Policy": "same-origin",
}

// answer is the door: every request comes through it.
func (v *serving) answer(w http.ResponseWriter, r *http.Request) {
	for name, value := range headers {
		w.Header().Set(name, value)
	}
	there, code := admit(r, v.address, v.server.keys.knows)
	if code != http.StatusOK {
		refuse(w, code)
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	there.do(v, w, r)
}

// refuse says no more than the code, and ends the connection, so that a body
// which nobody wants is not read.
func refuse(w http.ResponseWriter, code int) {
	w.Header().Set("Connection", "close")
	http.Error(w, http.StatusText(code), code)
}

// admit decides whether a request to the server at address is done, and what
// that is; else the code says why not.
//
// The Host is the very address: a name that somebody made point here (DNS
// rebinding) is another. A target that names a host of its own, as
// "http://host/", would hide the Host header. A page from elsewhere is known by
// the headers that its browser adds. Browsers add Origin to whatever is not a
// GET, and a form cannot send JSON.
func admit(r *http.Request, address string, knows func(token string) bool) (there route, code int) {
	if r.Host != address || !strings.HasPrefix(r.RequestURI, "/") || !ownPage(r, "http://"+address) {
		return there, http.StatusForbidden
	}
	there, ok := find(r.URL.EscapedPath())
	if r.Method == http.MethodPost && there.post != nil {
		there.method, there.do = r.Method, there.post
	}
	switch {
	case !ok:
		return there, http.StatusNotFound
	case r.Method != there.method:
		return there, http.StatusMethodNotAllowed
	case r.Method != http.MethodGet && (len(r.Header["Origin"]) == 0 || !isJSON(r)):
		return there, http.StatusForbidden
	case !there.open && !knows(bearer(r)):
		return there, http.StatusForbidden
	}
	return there, http.StatusOK
}

// ownPage tells that no page from elsewhere asks. A user who types the address,
// or opens it from another program, is "none", and gets the page itself alone.
func ownPage(r *http.Request, own string) bool {
	for _, origin := range r.Header["Origin"] {
		if origin != own {
			return false
		}
	}
	for _, site := range r.Header["Sec-Fetch-Site"] {
		if site != "same-origin" && (site != "none" || r.URL.EscapedPath() != "/") {
			return false
		}
	}
	return true
}

func isJSON(r *http.Request) bool {
	kind := r.Header["Content-Type"]
	return len(kind) == 1 && kind[0] == "application/json"
}

// bearer is the token that a request brings; empty for none, which nobody knows.
func bearer(r *http.Request) string {
	all := r.Header["Authorization"]
	if len(all) != 1 {
		return ""
	}
	token, ok := strings.CutPrefix(all[0], "Bearer ")
	if !ok {
		return ""
	}
	return token
}
