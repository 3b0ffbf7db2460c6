package dashboard

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"net/http"
)

// session exchanges a code for a token.
func (v *serving) session(w http.ResponseWriter, r *http.Request) {
	var ask struct {
		Code string `json:"code"`
	}
	if !readJSON(w, r, &ask) {
		return
	}
	token, ok := v.server.keys.exchange(ask.Code, v.server.Now())
	if !ok {
		refuse(w, http.StatusForbidden)
		return
	}
	respond(w, map[string]string{"token": token})
}

// shared are the tables of texts that the page has in common with the menu.
var shared = []string{"dialog", "duration", "menu", "server", "state", "why"}

// texts are those that the page may show, in the user's language.
func (v *serving) texts(w http.ResponseWriter, _ *http.Request) {
	t := v.server.Scenes.Get().Text
	all := t.Table("dashboard.")
	for _, name := range shared {
		maps.Copy(all, t.Table(name))
	}
	respond(w, map[string]any{"language": t.Tag(), "texts": all})
}

// readJSON reads the body to its end: only then does package http notice that
// the asker has gone.
func readJSON(w http.ResponseWriter, r *http.Request, into any) bool {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		refuse(w, http.StatusRequestEntityTooLarge)
		return false
	}
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.DisallowUnknownFields()
	if dec.Decode(into) != nil || dec.More() {
		refuse(w, http.StatusBadRequest)
		return false
	}
	return true
}

func respond(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v) // nothing in it fails; the asker may have gone
}
