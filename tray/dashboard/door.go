package dashboard

import (
	"net/http"
	"strings"
)

// route handles the requests for a path.
type route struct {
	method string
	open   bool // no token is needed
	do     func(*serving, http.ResponseWriter, *http.Request)
	post   func(*serving, http.ResponseWriter, *http.Request) // handles POST if method is GET; may be nil
}

// routes holds the routes of the API by their paths.
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

// find returns the route of a path; false if there is none.
func find(path string) (route, bool) {
	if r, ok := routes[path]; ok {
		return r, true
	}
	file, ok := fileAt(path)
	return route{method: http.MethodGet, open: true, do: func(_ *serving, w http.ResponseWriter, _ *http.Request) {
		file.serve(w)
	}}, ok
}

// headers are sent with every answer. The page can load nothing but its own files, no other page can
// embed or read it, and no cache keeps it.
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

// answer handles every request.
func (v *serving) answer(w http.ResponseWriter, r *http.Request) {
	for name, value := range headers {
		w.Header().Set(name, value)
	}
	there, code := admit(r, v.address, v.server.keys.valid)
	if code != http.StatusOK {
		refuse(w, code)
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	there.do(v, w, r)
}

// refuse answers with a code only. It closes the connection, so that the request's body is not read.
func refuse(w http.ResponseWriter, code int) {
	w.Header().Set("Connection", "close")
	http.Error(w, http.StatusText(code), code)
}

// admit returns the route of a request to the server at address, and StatusOK; or else the code that
// refuses it.
//
// Host must be exactly the address, so a name that someone has pointed here (DNS rebinding) is refused. A
// target that contains a host, such as "http://host/", would hide the Host header. The headers that a
// browser adds show whether another page has sent the request: browsers add Origin to every request
// except GET, and a form cannot send JSON.
func admit(r *http.Request, address string, valid func(token string) bool) (there route, code int) {
	if r.Host != address || !strings.HasPrefix(r.RequestURI, "/") || !ownPage(r, "http://"+address) {
		return there, http.StatusForbidden
	}
	there, ok := find(r.URL.EscapedPath())
	if r.Method == http.MethodPost && there.post != nil {
		there.method, there.do = r.Method, there.post
	}
	switch {
	case (ok && !there.open || !ok && strings.HasPrefix(r.URL.EscapedPath(), "/api/")) && !valid(bearer(r)):
		return there, http.StatusForbidden
	case !ok:
		return there, http.StatusNotFound
	case r.Method != there.method:
		return there, http.StatusMethodNotAllowed
	case r.Method != http.MethodGet && (len(r.Header["Origin"]) == 0 || !isJSON(r)):
		return there, http.StatusForbidden
	}
	return there, http.StatusOK
}

// ownPage reports whether no other page has sent the request. Sec-Fetch-Site is "none" if the user types
// the address or another program opens it; that is allowed for the page itself only.
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

// bearer returns the token of a request; empty if there is none.
func bearer(r *http.Request) string {
	all := r.Header["Authorization"]
	if len(all) != 1 || !strings.HasPrefix(all[0], "Bearer ") {
		return ""
	}
	return strings.TrimPrefix(all[0], "Bearer ")
}
