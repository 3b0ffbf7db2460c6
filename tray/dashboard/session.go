package dashboard

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
)

// session exchanges a code for a token, and spares the page a second question.
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
	all := v.server.picture()
	all["token"] = token
	respond(w, all)
}

// start is what the first picture needs: the texts, and what is so now.
func (v *serving) start(w http.ResponseWriter, _ *http.Request) { respond(w, v.server.picture()) }

// picture has the texts that the page may show, in the user's language, and what is
// so now. Some texts are those of the menu.
func (s *Server) picture() map[string]any {
	scene := s.Scenes.Get()
	now, _ := s.now(&scene)
	return map[string]any{
		"language": scene.Text.Tag(), "now": now,
		"texts": scene.Text.Tables("dashboard", "dialog", "duration", "menu", "server", "state", "why"),
	}
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
