package dashboard

import (
	"net/http"

	"altv-tray/monitor/history"
)

// history is all that is kept.
func (v *serving) history(w http.ResponseWriter, _ *http.Request) {
	entries, err := v.server.History()
	if err != nil {
		v.server.Logger.Warn("history_not_read", "error", err)
		refuse(w, http.StatusInternalServerError)
		return
	}
	respond(w, map[string][]history.Entry{"entries": append([]history.Entry{}, entries...)})
}
