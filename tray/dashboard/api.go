package dashboard

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"

	"altv-tray/monitor/history"
	"altv-tray/tray/action"
	"altv-tray/tray/errtext"
)

// session exchanges a code for a token. Its answer includes that of start, to save the page a request.
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
	data := v.server.startData()
	data["token"] = token
	respond(w, data)
}

// start sends what the page needs to show something.
func (v *serving) start(w http.ResponseWriter, _ *http.Request) { respond(w, v.server.startData()) }

// startData returns the current state, and the texts of the page in the user's language. The page uses
// some texts of the menu.
func (s *Server) startData() map[string]any {
	scene := s.Scenes.Get()
	now, _ := s.now(&scene)
	return map[string]any{
		"language": scene.Text.Tag(), "now": now,
		"texts": scene.Text.Tables("dashboard", "dialog", "duration", "menu", "server", "state", "why"),
	}
}

// history sends the whole history.
func (v *serving) history(w http.ResponseWriter, _ *http.Request) {
	entries, err := v.server.History()
	if err != nil {
		v.server.Logger.Warn("history_not_read", "error", err)
		refuse(w, http.StatusInternalServerError)
		return
	}
	respond(w, map[string][]history.Entry{"entries": append([]history.Entry{}, entries...)})
}

// folder asks the user for a folder in a dialog of the system, which closes if the page goes away.
func (v *serving) folder(w http.ResponseWriter, r *http.Request) {
	var ask struct {
		What string `json:"what"`
	}
	if !readJSON(w, r, &ask) {
		return
	}
	if ask.What != action.ServerFolder && ask.What != action.ClientFolder {
		refuse(w, http.StatusBadRequest)
		return
	}
	out := newLines(w)
	folder, err := v.server.Folder(r.Context(), ask.What)
	answer := map[string]string{"folder": folder}
	if err != nil {
		answer["error"] = errtext.Message(v.server.Scenes.Get().Text, err)
	}
	_ = out.send(answer)
}

// readJSON decodes the body into a value, and refuses the request if that fails. It reads the body to
// its end, as package http notices only after that when the client disconnects.
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
	_ = json.NewEncoder(w).Encode(v) // only sending can fail, if the client has disconnected
}
