package history

import (
	"time"

	"altv-tray/monitor"
	"altv-tray/monitor/debugport"
)

// Recorder turns the monitor's events into entries, for one goroutine. A session that was
// going on at the start, or when the computer woke, counts from then. A restart whose
// beginning was not seen makes no entry: the server may have been down for days.
type Recorder struct {
	start time.Time
	now   func() time.Time

	game    span // the session under way
	lastIn  monitor.Time
	down    span // the server's being down
	seenUp  bool // the server has been seen up, so that its going down can be known
	attempt job
	woke    monitor.Time
	client  span
	server  span
}

// span is something under way. The zero value: nothing is.
type span struct {
	open       bool
	since      monitor.Time
	profile    string
	state, why string // of client or server
}

// job is the newest reconnect.
type job struct {
	profile string
	sent    int  // requests
	out     bool // the newest of them has not come to its end
}

// NewRecorder makes a recorder for the monitor that began at start (see monitor.Snapshot),
// with its monotonic reading. Now is the wall clock, nil for time.Now; it is read for each
// entry, as the computer may have slept or its clock been set.
func NewRecorder(start time.Time, now func() time.Time) *Recorder {
	if now == nil {
		now = time.Now
	}
	return &Recorder{start: start, now: now}
}

// Record handles an event, with the profile in use, and returns what it ended.
func (r *Recorder) Record(e monitor.Event, profile string) (over []Entry) {
	add := func(entry Entry, ok bool) {
		if ok {
			over = append(over, entry)
		}
	}
	switch e.Kind {
	case monitor.Slept:
		// When it fell asleep is not known.
		r.game, r.down, r.seenUp, r.woke = span{}, span{}, false, e.At
		r.client, r.server = span{}, span{}
	case monitor.ClientChanged:
		add(r.turn(&r.client, Client, e.At, e.To.String(), whyClient(e.To), profile))
		add(r.session(e, profile))
	case monitor.ServerChanged:
		add(r.turn(&r.server, Server, e.At, e.Server.String(), string(e.Why.Code), profile))
		add(r.restart(e, profile))
	case monitor.Asked, monitor.Triggered:
		if !e.Joins {
			// It may go on with the attempts of one before it.
			r.attempt = job{profile: profile, sent: max(0, e.Attempt-1)}
		}
	case monitor.Sending:
		r.attempt.sent, r.attempt.out = e.Attempt, true
	case monitor.AttemptFailed:
		r.attempt.out = false
	case monitor.Answered:
		if e.Answer == debugport.NotSent {
			r.attempt.sent, r.attempt.out = max(0, e.Attempt-1), false
		}
	case monitor.Joined, monitor.Failed:
		r.attempt.out = false
		add(r.ended(e), true)
	case monitor.Cancelled:
		r.attempt.out = false
	}
	return over
}

func inGame(r debugport.Reading) bool {
	return r.Outcome == debugport.Known && r.Status == debugport.InGame
}

// unclear: a busy client may miss its two seconds, so this answer says nothing.
func unclear(r debugport.Reading) bool {
	return r.Outcome == debugport.NoAnswer || r.Outcome == debugport.UnknownWord
}

func (r *Recorder) session(e monitor.Event, profile string) (Entry, bool) {
	if r.game.open && inGame(e.From) {
		r.lastIn = e.At
	}
	switch {
	case inGame(e.To):
		if !r.game.open || !unclear(e.From) {
			r.game = span{open: true, since: e.At, profile: profile}
			r.lastIn = e.At
		}
		return Entry{}, false
	case unclear(e.To) || !r.game.open:
		return Entry{}, false
	}
	// Out of the game since it was last seen in it, not since that is certain.
	entry := r.entry(Session, r.lastIn, r.lastIn-r.game.since, r.game.profile)
	entry.Reason = r.whyLeft(e.To)
	r.game = span{}
	return entry, true
}

// whyLeft says what ended a session, as far as it shows.
func (r *Recorder) whyLeft(to debugport.Reading) string {
	switch {
	case to.Outcome == debugport.NotRunning:
		return monitor.ClientQuit.String()
	case to.Outcome == debugport.NotAltV:
		return monitor.ClientTaken.String()
	case to.Outcome == debugport.Unasked:
		return monitor.SettingsChanged.String() // another address is asked now
	case r.down.open:
		return monitor.ServerWentDown.String()
	case r.attempt.out:
		return Reconnected
	case to.Status == debugport.Error:
		return monitor.ClientError.String()
	}
	return ""
}

func (r *Recorder) restart(e monitor.Event, profile string) (Entry, bool) {
	switch e.Server {
	case monitor.ServerDown:
		if r.seenUp && !r.down.open {
			r.down = span{open: true, since: e.At, profile: profile}
		}
	case monitor.ServerStarting:
		r.seenUp = true
	case monitor.ServerReady:
		r.seenUp = true
		if down := r.down; down.open {
			r.down = span{}
			return r.entry(Restart, e.At, e.At-down.since, down.profile), true
		}
	default:
		// Not known any more. Without a reason the settings changed: it may be another server.
		r.down = span{}
		r.seenUp = r.seenUp && e.Why.Code != ""
	}
	return Entry{}, false
}

func (r *Recorder) ended(e monitor.Event) Entry {
	entry := r.entry(Reconnect, e.At, min(e.Took, e.At-r.woke), r.attempt.profile)
	entry.Cause, entry.Joined, entry.Reason, entry.Attempts = e.Cause.String(), e.Kind == monitor.Joined, e.Reason.String(), r.attempt.sent
	return entry
}

func (r *Recorder) entry(kind Kind, at monitor.Time, took time.Duration, profile string) Entry {
	now := r.now()
	return Entry{
		At: now.Add(at - now.Sub(r.start)).Round(0), Kind: kind, Duration: max(0, took), Profile: profile,
	}
}
