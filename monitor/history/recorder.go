package history

import (
	"time"

	"altv-tray/monitor"
	"altv-tray/monitor/debugport"
)

// Recorder turns the monitor's events into entries. It remembers what is under
// way and does nothing else; it is for one goroutine.
//
// A session that was already going on at the start, or when the computer woke,
// counts from then. A restart whose beginning was not seen makes no entry: a
// server that was down at the start may have been so for days.
type Recorder struct {
	start time.Time
	now   func() time.Time

	game    span // the session under way
	lastIn  monitor.Time
	down    span // the server's being down
	seenUp  bool // the server has been seen up, so that its going down can be known
	attempt job
	woke    monitor.Time
	client  band
	server  band
}

// span is something under way. The zero value: there is none.
type span struct {
	open    bool
	since   monitor.Time
	profile string
}

// job is the newest reconnect.
type job struct {
	id      uint64
	profile string
	sent    int  // requests
	out     bool // the newest of them has not come to its end
}

// NewRecorder makes a recorder for the monitor that began at start (see
// monitor.Snapshot), which should have its monotonic reading. Now is the wall
// clock, nil for time.Now. It is looked at for each entry, because start and
// Event.At alone give a wrong wall time once the computer slept or its clock
// was set.
func NewRecorder(start time.Time, now func() time.Time) *Recorder {
	if now == nil {
		now = time.Now
	}
	return &Recorder{start: start, now: now}
}

// Record takes in the next event, which happened while that profile was in use,
// and returns what it ended.
func (r *Recorder) Record(e monitor.Event, profile string) (over []Entry) {
	add := func(entry Entry, ok bool) {
		if ok {
			over = append(over, entry)
		}
	}
	switch e.Kind {
	case monitor.Slept:
		// When it fell asleep is not known, so neither is how long what was
		// under way went on.
		r.game, r.down, r.seenUp, r.woke = span{}, span{}, false, e.At
		r.client, r.server = band{}, band{}
	case monitor.ClientChanged:
		add(r.turn(&r.client, Client, e.At, e.To.String(), whyClient(e.To), profile))
		add(r.session(e, profile))
	case monitor.ServerChanged:
		add(r.turn(&r.server, Server, e.At, e.Server.String(), string(e.Why.Code), profile))
		add(r.restart(e, profile))
	case monitor.Asked, monitor.Triggered:
		if r.attempt.id != e.Job {
			// It may go on with the attempts of one before it.
			r.attempt = job{id: e.Job, profile: profile, sent: max(0, e.Attempt-1)}
		}
	case monitor.Sending:
		r.sent(e, profile, e.Attempt)
		r.attempt.out = true
	case monitor.AttemptFailed:
		r.attempt.out = false
	case monitor.Answered:
		if e.Answer == debugport.NotSent {
			r.sent(e, profile, e.Attempt-1)
			r.attempt.out = false
		}
	case monitor.Joined, monitor.Failed:
		r.attempt.out = false
		add(r.ended(e, profile), true)
	case monitor.Cancelled:
		r.attempt.out = false
	}
	return over
}

func inGame(r debugport.Reading) bool {
	return r.Outcome == debugport.Known && r.Status == debugport.InGame
}

// unclear tells that an answer says neither that the client is in game nor that
// it is not: a busy client may miss its two seconds.
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

// whyLeft tells what ended a session, as far as it shows.
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
		// Lost out of sight. Without a reason it may be another server from now
		// on: the settings changed.
		r.down = span{}
		r.seenUp = r.seenUp && e.Why.Code != ""
	}
	return Entry{}, false
}

func (r *Recorder) sent(e monitor.Event, profile string, n int) {
	if r.attempt.id != e.Job {
		r.attempt = job{id: e.Job, profile: profile}
	}
	r.attempt.sent = max(0, n)
}

func (r *Recorder) ended(e monitor.Event, profile string) Entry {
	j := r.attempt
	if j.id != e.Job {
		j = job{profile: profile, sent: e.Attempt} // its events were lost on the way
	}
	entry := r.entry(Reconnect, e.At, min(e.Took, e.At-r.woke), j.profile)
	entry.Cause, entry.Joined, entry.Reason, entry.Attempts = e.Cause.String(), e.Kind == monitor.Joined, e.Reason.String(), max(0, j.sent)
	return entry
}

func (r *Recorder) entry(kind Kind, at monitor.Time, took time.Duration, profile string) Entry {
	now := r.now()
	return Entry{
		At: now.Add(at - now.Sub(r.start)).Round(0), Kind: kind, Duration: max(0, took), Profile: profile,
	}
}
