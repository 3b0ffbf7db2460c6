package tray

import (
	"log/slog"

	"altv-tray/monitor"
	"altv-tray/monitor/history"
	"altv-tray/tray/live"
	"altv-tray/tray/view"
)

// historyKeeper keeps the history. All but last and added belongs to the recording goroutine.
type historyKeeper struct {
	dir   string
	log   *slog.Logger
	warn  func(what string, err error)
	last  live.Value[view.Last]
	added live.Feed[history.Entry] // what was recorded in this run
	lost  bool                     // it could not be kept, the last time
}

// open finds what earlier runs left.
func (k *historyKeeper) open() {
	last, ok, err := history.LastReconnect(k.dir)
	k.kept(err)
	if ok {
		k.note(last)
	}
}

// kept says once that the history cannot be kept, and when it is again.
func (k *historyKeeper) kept(err error) {
	switch {
	case err != nil && !k.lost:
		k.warn("history_not_kept", err)
	case err == nil && k.lost:
		k.log.Info("history_kept_again")
	}
	k.lost = err != nil
}

func (k *historyKeeper) record(entry history.Entry) {
	k.added.Add(entry)
	if entry.Kind == history.Reconnect {
		k.note(entry)
	}
	k.kept(history.Append(k.dir, entry))
}

func (k *historyKeeper) note(e history.Entry) {
	k.last.Set(view.Last{Known: true, Joined: e.Joined, Took: e.Duration, Reason: monitor.ParseReason(e.Reason)})
}
