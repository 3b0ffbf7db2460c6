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

// follower writes the log and the history, announces events, and applies changed settings.
type follower struct {
	*App
	sub      *monitor.Subscription
	recorder *history.Recorder
	changed  <-chan struct{}   // the settings
	stop     func()            // of changed
	set      settings.Settings // in force, as this goroutine has last seen them
	counting uint64            // the reconnect whose countdown was announced; 0: none
}

// newFollower subscribes before anything runs, so that no event and no click that
// changes the settings is missed.
func newFollower(a *App) *follower {
	changed, stop := a.Store.Subscribe()
	return &follower{
		App: a, sub: a.monitor.Subscribe(), changed: changed, stop: stop, set: a.Store.Current(),
		recorder: history.NewRecorder(a.monitor.Snapshot().Start, time.Now),
	}
}

func (f *follower) run(ctx context.Context) {
	defer f.sub.Close()
	defer f.stop()
	for {
		select {
		case <-ctx.Done():
			f.record(f.recorder.End())
			return
		case <-f.sub.C():
			_, events, lost := f.sub.Take()
			if lost > 0 {
				f.Log.Warn("events_lost", "count", lost)
			}
			for _, e := range events {
				f.event(e)
			}
		case <-f.changed:
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
	f.tellProblem()
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

// announce shows a notification of an event, if it deserves one.
func (f *follower) announce(e monitor.Event) {
	if e.Kind == monitor.Asked || e.Kind == monitor.Triggered {
		f.warnOfWrongServer()
	}
	t := f.text()
	if f.counting != 0 && e.Job == f.counting && view.EndsCountdown(e.Kind) {
		f.counting = 0
		f.notices.AddAlways(view.Removal(view.CountdownTag))
	}
	n, ok := view.NoticeOf(e, f.set, f.surroundings.Facts(), t)
	if !ok {
		return
	}
	if e.Kind == monitor.CountingDown {
		f.counting = e.Job
	}
	if e.Kind == monitor.Failed {
		if why := f.clientsWord(e); why != "" {
			n.Body = view.JoinSentences(t, n.Body, why)
		}
	}
	// The end of each reconnect is announced. What a server that comes and goes would
	// repeat for ever is announced once a minute at most.
	ended := e.Kind == monitor.Joined || e.Kind == monitor.Failed && !e.Reason.Keyring()
	if e.ByHand || ended {
		f.notices.AddAlways(n)
	} else {
		f.notices.Add(n)
	}
}

// warnOfWrongServer says where the client will go: its debug port takes no address.
func (f *follower) warnOfWrongServer() {
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

// clientsWord is why a join failed according to the client's log; empty if it is not known.
func (f *follower) clientsWord(e monitor.Event) string {
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
