package dashboard

import (
	"net/http"
	"sort"
	"time"

	"altv-tray/monitor/history"
)

// history is all that is kept, or what ended since a time.
func (v *serving) history(w http.ResponseWriter, r *http.Request) {
	var since time.Time
	if text := r.URL.Query().Get("since"); text != "" {
		var err error
		if since, err = time.Parse(time.RFC3339, text); err != nil {
			refuse(w, http.StatusBadRequest)
			return
		}
	}
	entries, err := v.server.History()
	if err != nil {
		v.server.Logger.Warn("history_not_read", "error", err)
		refuse(w, http.StatusInternalServerError)
		return
	}
	// A clock that was set back leaves them out of order; then there are more.
	first := sort.Search(len(entries), func(i int) bool { return !entries[i].At.Before(since) })
	respond(w, map[string][]history.Entry{"entries": append([]history.Entry{}, entries[first:]...)})
}
