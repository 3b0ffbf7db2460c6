package tray

import (
	"time"

	"altv-tray/assets"
	"altv-tray/monitor"
	"altv-tray/monitor/clientfolder"
	"altv-tray/monitor/history"
	"altv-tray/settings"
)

// announce tells the user of an event, with what is known around it.
func (a *App) announce(e monitor.Event, set settings.Settings) {
	if e.Kind == monitor.Asked || e.Kind == monitor.Triggered {
		a.warnOfWrongServer(set)
	}
	n, ok := noticeOf(e, set, a.facts.get(), a.text())
	if !ok {
		return
	}
	if e.Kind == monitor.Failed {
		if why := a.clientsWord(e); why != "" {
			n.body = also(a.text(), n.body, why)
		}
	}
	// Each reconnect ends once, and its end is told each time. Only what a
	// server that comes and goes would repeat without end is told once.
	ended := e.Kind == monitor.Joined || e.Kind == monitor.Failed && !e.Reason.Keyring()
	if e.ByHand || ended {
		a.notices.Answer(n)
	} else {
		a.notices.Add(n)
	}
}

// warnOfWrongServer says where the client will go, before it does: nothing on
// its debug port can tell it another place.
func (a *App) warnOfWrongServer(set settings.Settings) {
	to := a.facts.get().wrongServer
	if to == "" {
		return
	}
	a.Log.Warn("wrong_server", "client_goes_to", to, "profile_server", ServerAddress(set.Active()))
	if set.Notifications.Failed {
		t := a.text()
		a.notices.Add(notice{t.T("notice.wrong_title"), t.T("notice.wrong_body", "address", plain(to), "profile", set.Profile), assets.Unknown})
	}
}

// clientsWord is why the client says that a join failed; empty where it says
// nothing that is known.
func (a *App) clientsWord(e monitor.Event) string {
	switch e.Reason {
	case monitor.FellBack, monitor.WrongPassword, monitor.PasswordWanted, monitor.ClientError, monitor.JoinTimeout, monitor.NoReaction:
	default:
		return ""
	}
	folder := a.clientDir.Load()
	if folder == nil || *folder == "" {
		return ""
	}
	began := a.monitor.Snapshot().Wall(e.At-e.Took, time.Now())
	f, err := clientfolder.LastFailure(*folder, began)
	if err != nil || f.Reason == clientfolder.NoReason {
		return ""
	}
	a.Log.Info("client_log", "reason", string(f.Reason), "line", f.Line)
	return a.text().T("client_log."+string(f.Reason), "line", f.Line)
}

// openHistory finds what earlier runs left, for the menu.
func (a *App) openHistory() {
	store, err := history.Open(a.StateDir)
	a.historyKept(err)
	if err != nil {
		return
	}
	a.history = store
	if last, ok := store.LastReconnect(); ok {
		a.noteReconnect(last)
	}
}

// historyKept says once that the history cannot be kept, and when it is again.
func (a *App) historyKept(err error) {
	switch {
	case err != nil && !a.historyLost:
		a.warn("history_not_kept", err)
	case err == nil && a.historyLost:
		a.Log.Info("history_kept_again")
	}
	a.historyLost = err != nil
}

func (a *App) record(entry history.Entry, ok bool) {
	if !ok {
		return
	}
	if a.history == nil {
		a.openHistory()
	}
	if entry.Kind == history.Reconnect {
		a.noteReconnect(entry)
	}
	if a.history != nil {
		a.historyKept(a.history.Append(entry))
	}
}

func (a *App) noteReconnect(e history.Entry) {
	a.facts.note(func(f *facts) {
		f.reconnected, f.joined, f.took, f.why = true, e.Joined, e.Duration, monitor.ParseReason(e.Reason)
	})
}
