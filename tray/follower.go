package tray

import (
	"context"
	"time"

	"altv-tray/assets"
	"altv-tray/monitor"
	"altv-tray/monitor/clientfolder"
	"altv-tray/monitor/history"
	"altv-tray/monitor/problem"
	"altv-tray/settings"
	"altv-tray/tray/errtext"
	"altv-tray/tray/surroundings"
	"altv-tray/tray/view"
)

// follower logs events, records the history, shows notifications, and applies changed settings.
type follower struct {
	*App
	sub         *monitor.Subscription
	recorder    *history.Recorder
	settings    <-chan struct{}   // receives after each change of the settings
	unsubscribe func()            // ends settings
	set         settings.Settings // the settings that were last applied
	countdown   uint64            // the reconnect whose countdown is shown; 0: none
	historyLost bool              // the history could not be read or written
}

// newFollower subscribes before anything runs, so that the follower misses no event and no
// change of the settings.
func newFollower(a *App) *follower {
	changed, unsubscribe := a.Store.Subscribe()
	f := &follower{
		App: a, sub: a.monitor.Subscribe(), settings: changed, unsubscribe: unsubscribe, set: a.Store.Current(),
		recorder: history.NewRecorder(a.monitor.Snapshot().Start, time.Now),
	}
	last, err := history.LastReconnect(a.Paths.StateDir)
	f.reportHistory(err)
	f.scenes.Update(func(s *view.Scene) { s.Last = last })
	return f
}

func (f *follower) run(ctx context.Context) {
	defer f.sub.Close()
	defer f.unsubscribe()
	for {
		select {
		case <-ctx.Done():
			f.record(f.recorder.End())
			return
		case <-f.sub.C():
			_, events := f.sub.Take()
			for _, e := range events {
				f.event(e)
			}
		case <-f.settings:
			f.settingsChanged()
		}
	}
}

func (f *follower) event(e monitor.Event) {
	logEvent(f.Log, e)
	f.record(f.recorder.Record(e, f.set.Profile))
	f.announce(e)
	f.scenes.Update(func(s *view.Scene) { s.Failure = view.FailureAfter(e, s.Failure) })
	switch {
	case e.Kind == monitor.NewPassword:
		f.surroundings.CheckPassword()
	case e.Kind == monitor.ServerChanged && e.Server == monitor.ServerReady:
		f.surroundings.ServerBecameReady()
	}
}

func (f *follower) settingsChanged() {
	old, set := f.set, f.Store.Current()
	f.set = set
	f.reportBrokenSettings()
	if f.Store.Problem() == nil {
		f.Log.Info("settings_changed", "profile", set.Profile, "automatic", set.AutoReconnect.Enabled)
	}
	f.surroundings.Configure()
	if set.Active().Password != old.Active().Password {
		f.monitor.Apply(monitor.PasswordChanged())
	}
	if set.Profile != old.Profile {
		f.surroundings.CheckPassword()
	}
}

// record adds entries to the history.
func (f *follower) record(entries []history.Entry) {
	for _, entry := range entries {
		f.recorded.Add(entry)
		if entry.Kind == history.Reconnect {
			f.scenes.Update(func(s *view.Scene) { s.Last = entry })
		}
		f.reportHistory(history.Append(f.Paths.StateDir, entry))
	}
}

// reportHistory reports once that the history cannot be kept, and once that it can be again.
func (f *follower) reportHistory(err error) {
	switch {
	case err != nil && !f.historyLost:
		f.warn("history_not_kept", err)
	case err == nil && f.historyLost:
		f.Log.Info("history_kept_again")
	}
	f.historyLost = err != nil
}

// announce shows an event's notification, if there is one for it.
func (f *follower) announce(e monitor.Event) {
	if e.Kind == monitor.Asked || e.Kind == monitor.Triggered {
		f.warnOtherServer()
	}
	t := f.text()
	if f.countdown != 0 && e.Job == f.countdown && view.EndsCountdown(e.Kind) {
		f.countdown = 0
		f.notices.AddAlways(view.Removal(view.CountdownTag))
	}
	n, ok := view.NoticeOf(e, f.set, f.surroundings.Facts(), t)
	if !ok {
		return
	}
	if e.Kind == monitor.CountingDown {
		f.countdown = e.Job
	}
	if e.Kind == monitor.Failed {
		if reason := f.failureInClientLog(e); reason != "" {
			n.Body = view.JoinSentences(t, n.Body, reason)
		}
	}
	// The end of each reconnect is announced. A notification that an unstable server would
	// repeat for ever is shown once a minute at most.
	ended := e.Kind == monitor.Joined || e.Kind == monitor.Failed && !e.Reason.Keyring()
	if e.ByHand || ended {
		f.notices.AddAlways(n)
	} else {
		f.notices.Add(n)
	}
}

// warnOtherServer warns if the client will join another server than the profile's: its debug port
// takes no address.
func (f *follower) warnOtherServer() {
	to := f.surroundings.Facts().WrongServer
	if to == "" {
		return
	}
	f.Log.Warn("wrong_server", "client_goes_to", to, "profile_server", surroundings.ServerAddress(f.set.Active()))
	if f.set.Notifications.Failed {
		t := f.text()
		body := t.T("notice.wrong_body", "address", view.OneLine(to), "profile", f.set.Profile)
		f.notices.Add(view.Notice{Title: t.T("notice.wrong_title"), Body: body, Icon: assets.Unknown})
	}
}

// failureInClientLog returns the reason for a failed join in the client's log; empty if there is none.
func (f *follower) failureInClientLog(e monitor.Event) string {
	switch e.Reason {
	case monitor.FellBack, monitor.WrongPassword, monitor.PasswordWanted, monitor.ClientError, monitor.JoinTimeout, monitor.NoReaction:
	default:
		return ""
	}
	folder := f.surroundings.Facts().ClientFolder
	if folder == "" {
		return ""
	}
	began := f.monitor.Snapshot().WallTime(e.At-e.Took, time.Now())
	found, err := clientfolder.LastFailure(folder, began)
	if err != nil || found.Reason == "" {
		return ""
	}
	f.Log.Info("client_log", "reason", string(found.Reason), "line", found.Line)
	return errtext.Sentence(f.text(), problem.New(found.Reason, problem.Text("line", found.Line)))
}
