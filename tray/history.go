package tray

import (
	"altv-tray/monitor/history"
	"altv-tray/tray/view"
)

// This file keeps the history. Once the app runs, its functions belong to the follower's goroutine.

// openHistory finds what earlier runs left.
func (a *App) openHistory() {
	last, err := history.LastReconnect(a.Paths.StateDir)
	a.historyKept(err)
	a.showLast(last)
}

// historyKept says once that the history cannot be kept, and when it is again.
func (a *App) historyKept(err error) {
	switch {
	case err != nil && !a.history.lost:
		a.warn("history_not_kept", err)
	case err == nil && a.history.lost:
		a.Log.Info("history_kept_again")
	}
	a.history.lost = err != nil
}

// record keeps what is over.
func (a *App) record(over []history.Entry) {
	for _, entry := range over {
		a.history.recorded.Add(entry)
		if entry.Kind == history.Reconnect {
			a.showLast(entry)
		}
		a.historyKept(history.Append(a.Paths.StateDir, entry))
	}
}

// showLast shows how the last reconnect ended.
func (a *App) showLast(e history.Entry) {
	a.scenes.Update(func(s *view.Scene) { s.Last = e })
}
