package dashboard

import (
	"log/slog"
	"net/http"
	"os"
	"slices"
)

// mostLines is the most of the log that a page gets at once.
const mostLines = 500

// log is the log's newest lines of a level or above, oldest first.
func (v *serving) log(w http.ResponseWriter, r *http.Request) {
	level := slog.LevelInfo
	if text := r.URL.Query().Get("level"); text != "" && level.UnmarshalText([]byte(text)) != nil {
		refuse(w, http.StatusBadRequest)
		return
	}
	var begin int64
	if info, err := os.Stat(v.server.Log); err == nil {
		begin = max(0, info.Size()-maxLog)
	}
	lines := slices.DeleteFunc(parseLog(readFrom(v.server.Log, begin)), func(l logLine) bool { return l.Level < level })
	respond(w, map[string][]logLine{"lines": append([]logLine{}, lines[max(0, len(lines)-mostLines):]...)})
}
