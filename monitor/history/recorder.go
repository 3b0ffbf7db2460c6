package history

import (
	"cmp"
	"time"

	"altv-tray/monitor"
	"altv-tray/monitor/debugport"
)

// Recorder turns the monitor's events into entries. It is for one goroutine. A session that is
// under way at the start, or when the computer wakes, counts from then. A restart whose beginning
// was not seen makes no entry, as the server may have been down for days.
type Recorder struct {
	start time.Time
	now   func() time.Time

	ended []Entry // by the event that is being recorded

	client    span
	server    span
	session   span
	lastIn    monitor.Time // when the client was last known to be in game in this session
	down      span         // while the server is down
	seenUp    bool         // the server was up before, so that its going down is a restart's beginning
	reconnect lastReconnect
	woke      monitor.Time
}

// span is something under way. The zero value means that nothing is.
type span struct {
	state, why string
	since      monitor.Time
	profile    string
}

func (s span) open() bool { return s.state != "" }

// lastReconnect is the newest reconnect, which may be under way.
type lastReconnect struct {
	profile string
	sent    int  // POSTs
	posted  bool // the outcome of the newest POST is not known yet
}

// NewRecorder returns a recorder for the monitor that began at start, see monitor.Snapshot. Now
// is time.Now or a test's. It is called for each entry, as the computer may have slept or its
// clock been set.
func NewRecorder(start time.Time, now func() time.Time) *Recorder {
	return &Recorder{start: start, now: now}
}

// Record handles an event, with the profile in use, and returns entries of what it ended.
func (r *Recorder) Record(e monitor.Event, profile string) []Entry {
	r.ended = nil
	switch e.Kind {
	case monitor.Slept:
		// Nobody knows when the computer fell asleep, so what was under way makes no entry.
		*r = Recorder{start: r.start, now: r.now, reconnect: r.reconnect, woke: e.At}
	case monitor.ClientChanged:
		next := span{e.To.String(), cmp.Or(e.To.Word, string(e.To.Why)), e.At, profile}
		r.change(&r.client, Client, next)
		r.recordSession(e, next)
	case monitor.ServerChanged:
		next := span{e.Server.String(), string(e.Why.Code), e.At, profile}
		r.change(&r.server, Server, next)
		r.recordRestart(e, next)
	case monitor.Asked, monitor.Triggered:
		if !e.Merged {
			// The attempts of the reconnects before it may count too.
			r.reconnect = lastReconnect{profile: profile, sent: max(0, e.Attempt-1)}
		}
	case monitor.Sending:
		r.reconnect.sent, r.reconnect.posted = e.Attempt, true
	case monitor.Answered:
		if e.Answer == debugport.NotSent {
			r.reconnect.sent, r.reconnect.posted = max(0, e.Attempt-1), false
		}
	case monitor.AttemptFailed, monitor.Cancelled:
		r.reconnect.posted = false
	case monitor.Joined, monitor.Failed:
		r.reconnect.posted = false
		entry := r.add(Reconnect, e.At, min(e.Took, e.At-r.woke), r.reconnect.profile)
		entry.Cause, entry.Joined, entry.Reason, entry.Attempts = e.Cause.String(), e.Kind == monitor.Joined, e.Reason.String(), r.reconnect.sent
	}
	return r.ended
}

// End returns entries of the states under way. Do not call Record after it.
func (r *Recorder) End() []Entry {
	r.ended = nil
	none := span{since: r.now().Sub(r.start)}
	r.change(&r.client, Client, none)
	r.change(&r.server, Server, none)
	return r.ended
}

// add adds an entry to r.ended.
func (r *Recorder) add(kind Kind, at monitor.Time, took time.Duration, profile string) *Entry {
	now := r.now()
	r.ended = append(r.ended, Entry{
		At: now.Add(at - now.Sub(r.start)).Round(0), Kind: kind, Duration: max(0, took), Profile: profile,
	})
	return &r.ended[len(r.ended)-1]
}

// change replaces a state by the next one, unless only the reason is another.
func (r *Recorder) change(current *span, kind Kind, next span) {
	old := *current
	if old.state == next.state {
		return
	}
	if *current = next; old.open() {
		entry := r.add(kind, next.since, next.since-old.since, old.profile)
		entry.State, entry.Why = old.state, old.why
	}
}

// unclear reports whether the client may be in the state it was in before: a busy client may not
// answer in time.
func unclear(r debugport.Reading) bool {
	return r.Outcome == debugport.NoAnswer || r.Outcome == debugport.UnknownWord
}

// recordSession begins or ends a session after the client's reading has changed.
func (r *Recorder) recordSession(e monitor.Event, next span) {
	if r.session.open() && e.From.Status == debugport.InGame {
		r.lastIn = e.At
	}
	switch {
	case e.To.Status == debugport.InGame:
		if !r.session.open() || !unclear(e.From) {
			r.session, r.lastIn = next, e.At
		}
	case r.session.open() && !unclear(e.To):
		// It ended when the client was last known to be in game, not when that became clear.
		r.add(Session, r.lastIn, r.lastIn-r.session.since, r.session.profile).Reason = r.whyLeft(e.To)
		r.session = span{}
	}
}

// whyLeft returns why a session ended, or "" if it is not known.
func (r *Recorder) whyLeft(to debugport.Reading) string {
	switch {
	case to.Outcome == debugport.NotRunning:
		return monitor.ClientQuit.String()
	case to.Outcome == debugport.NotAltV:
		return monitor.ClientTaken.String()
	case to.Outcome == debugport.Unasked:
		return monitor.SettingsChanged.String() // the client's address is another one now
	case r.down.open():
		return monitor.ServerWentDown.String()
	case r.reconnect.posted:
		return Reconnected
	case to.Status == debugport.Error:
		return monitor.ClientError.String()
	}
	return ""
}

// recordRestart begins or ends a restart after the server's state has changed.
func (r *Recorder) recordRestart(e monitor.Event, next span) {
	switch e.Server {
	case monitor.ServerDown:
		if r.seenUp && !r.down.open() {
			r.down = next
		}
	case monitor.ServerStarting:
		r.seenUp = true
	case monitor.ServerReady:
		r.seenUp = true
		if r.down.open() {
			r.add(Restart, e.At, e.At-r.down.since, r.down.profile)
			r.down = span{}
		}
	default:
		// Unknown without a reason means that the settings changed: it may be another server.
		r.down = span{}
		r.seenUp = r.seenUp && e.Why.Code != ""
	}
}
