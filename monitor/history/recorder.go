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

	over    []Entry // by the event at hand
	client  span
	server  span
	game    span // the session
	lastIn  monitor.Time
	down    span // the server's being down
	seenUp  bool // the server has been seen up, so that its going down can be known
	attempt job
	woke    monitor.Time
}

// span is a state of client or server that is under way. The zero value: none is.
type span struct {
	state, why string
	since      monitor.Time
	profile    string
}

func (s span) open() bool { return s.state != "" }

// job is the newest reconnect.
type job struct {
	profile string
	sent    int  // requests
	out     bool // the newest of them has not come to its end
}

// NewRecorder makes a recorder for the monitor that began at start (see monitor.Snapshot),
// with its monotonic reading. Now is the wall clock, as time.Now; it is read for each entry, as
// the computer may have slept or its clock been set.
func NewRecorder(start time.Time, now func() time.Time) *Recorder {
	return &Recorder{start: start, now: now}
}

// Record handles an event, with the profile in use, and returns what it ended.
func (r *Recorder) Record(e monitor.Event, profile string) []Entry {
	r.over = nil
	switch e.Kind {
	case monitor.Slept:
		// When it fell asleep is not known.
		*r = Recorder{start: r.start, now: r.now, attempt: r.attempt, woke: e.At}
	case monitor.ClientChanged:
		next := span{e.To.String(), whyClient(e.To), e.At, profile}
		r.turn(&r.client, Client, next)
		r.session(e, next)
	case monitor.ServerChanged:
		next := span{e.Server.String(), string(e.Why.Code), e.At, profile}
		r.turn(&r.server, Server, next)
		r.restart(e, next)
	case monitor.Asked, monitor.Triggered:
		if !e.Merged {
			// It may go on with the attempts of one before it.
			r.attempt = job{profile: profile, sent: max(0, e.Attempt-1)}
		}
	case monitor.Sending:
		r.attempt.sent, r.attempt.out = e.Attempt, true
	case monitor.Answered:
		if e.Answer == debugport.NotSent {
			r.attempt.sent, r.attempt.out = max(0, e.Attempt-1), false
		}
	case monitor.AttemptFailed, monitor.Cancelled:
		r.attempt.out = false
	case monitor.Joined, monitor.Failed:
		r.attempt.out = false
		entry := r.add(Reconnect, e.At, min(e.Took, e.At-r.woke), r.attempt.profile)
		entry.Cause, entry.Joined, entry.Reason, entry.Attempts = e.Cause.String(), e.Kind == monitor.Joined, e.Reason.String(), r.attempt.sent
	}
	return r.over
}

// End returns the states under way. Nothing may be recorded after it.
func (r *Recorder) End() []Entry {
	r.over = nil
	none := span{since: r.now().Sub(r.start)}
	r.turn(&r.client, Client, none)
	r.turn(&r.server, Server, none)
	return r.over
}

// add adds what is over to r.over.
func (r *Recorder) add(kind Kind, at monitor.Time, took time.Duration, profile string) *Entry {
	now := r.now()
	r.over = append(r.over, Entry{
		At: now.Add(at - now.Sub(r.start)).Round(0), Kind: kind, Duration: max(0, took), Profile: profile,
	})
	return &r.over[len(r.over)-1]
}

// turn ends a state where the next one is another. A new reason ends none.
func (r *Recorder) turn(of *span, kind Kind, next span) {
	old := *of
	if old.state == next.state {
		return
	}
	if *of = next; old.open() {
		entry := r.add(kind, next.since, next.since-old.since, old.profile)
		entry.State, entry.Why = old.state, old.why
	}
}

func whyClient(r debugport.Reading) string {
	if r.Outcome == debugport.UnknownWord {
		return r.Word
	}
	return string(r.Why)
}

func inGame(r debugport.Reading) bool {
	return r.Outcome == debugport.Known && r.Status == debugport.InGame
}

// unclear: a busy client may miss its two seconds, so this answer says nothing.
func unclear(r debugport.Reading) bool {
	return r.Outcome == debugport.NoAnswer || r.Outcome == debugport.UnknownWord
}

func (r *Recorder) session(e monitor.Event, next span) {
	if r.game.open() && inGame(e.From) {
		r.lastIn = e.At
	}
	switch {
	case inGame(e.To):
		if !r.game.open() || !unclear(e.From) {
			r.game, r.lastIn = next, e.At
		}
	case r.game.open() && !unclear(e.To):
		// Out of the game since it was last seen in it, not since that is certain.
		r.add(Session, r.lastIn, r.lastIn-r.game.since, r.game.profile).Reason = r.whyLeft(e.To)
		r.game = span{}
	}
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
	case r.down.open():
		return monitor.ServerWentDown.String()
	case r.attempt.out:
		return Reconnected
	case to.Status == debugport.Error:
		return monitor.ClientError.String()
	}
	return ""
}

func (r *Recorder) restart(e monitor.Event, next span) {
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
		// Not known any more. Without a reason the settings changed: it may be another server.
		r.down = span{}
		r.seenUp = r.seenUp && e.Why.Code != ""
	}
}
