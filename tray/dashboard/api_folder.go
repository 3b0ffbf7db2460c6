package dashboard

import (
	"net/http"

	"altv-tray/tray/action"
	"altv-tray/tray/errtext"
)

// folder asks the user for a folder in the system's own dialog. A page that goes
// away closes it.
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
