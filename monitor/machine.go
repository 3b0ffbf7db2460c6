package monitor

import (
	"time"

	"altv-tray/monitor/debugport"
	"altv-tray/monitor/problem"
)

// Step makes every decision: from a State, the time and one Input it computes the next State and
// what to do. It is pure and reads no clock. The time must not go backwards.
func Step(s State, now Time, in Input) (State, Output) {
	var o Output
	switch in.kind {
	case inStatusRead:
		s.statusRead(in.reading, now, &o)
	case inServerSeen:
		s.serverSeen(in.server, now, &o)
	case inAsk:
		s.ask(now, &o)
	case inCancel:
		if s.job.Phase.Cancellable() && (in.job == 0 || in.job == s.job.ID) {
			s.pending = noCause
			s.end(Cancelled, ByUser, now, &o)
		}
	case inPasswordRead:
		s.passwordRead(in, now, &o)
	case inSent:
		s.answered(in, now, &o)
	case inConfigured:
		s.configure(in.config, now, &o)
	case inPasswordChanged:
		s.fallbacks = 0
		s.forgetPassword(&o)
		o.event(Event{Kind: NewPassword, At: now})
	case inPause:
		s.pause(in.pause, now, &o)
	case inResume:
		s.resume(now, &o)
	case inWoke:
		s.woke(now, &o)
	}
	s.proceed(in.kind == inStatusRead, now, &o)
	s.planOutput(now, &o)
	return s, o
}

// proceed does what has become due or possible, after every input. Fresh means that the input
// was a status.
func (s *State) proceed(fresh bool, now Time, o *Output) {
	if s.PausedUntil > 0 && now >= s.PausedUntil {
		s.resume(now, o)
	}
	if s.Server == ServerStarting && now >= s.readyAt() {
		s.serverReady(now, o)
	}
	if s.signalDue > 0 && now >= s.signalDue {
		s.signalMissing(now, o)
	}
	s.advance(fresh, now, o)
	s.beginPending(now, o)
	s.reportMissed(now, o)
	if s.job.Phase == Waiting && !s.job.passwordAsked && (s.job.clientSeen || s.Client.Present()) {
		s.job.passwordAsked = true
		o.ReadPassword, o.Job = true, s.job.ID
	}
}

// planOutput decides how often to poll, when to step next, and whether to watch the server closely.
func (s *State) planOutput(now Time, o *Output) {
	switch {
	case s.job.Phase != NoJob && s.job.Phase != Backoff:
		o.Poll = PollPending
	case s.Client.Outcome == debugport.NotRunning:
		o.Poll = PollAbsent
	default:
		o.Poll = PollIdle
	}
	o.Wake = Forever
	soonest := func(t Time) { // 0 means never
		if t > now && t < o.Wake {
			o.Wake = t
		}
	}
	soonest(s.PausedUntil)
	soonest(s.signalDue)
	if s.Server == ServerStarting {
		soonest(s.readyAt())
	}
	soonest(s.job.Until)
	urgentUntil := s.ServerSince + urgentFor
	o.Urgent = s.autoEnabled() && s.Client.Present() && (s.Server != ServerDown || now < urgentUntil)
	if o.Urgent && s.Server == ServerDown {
		soonest(urgentUntil)
	}
}

// urgentFor limits how long a server that is down is looked for every 50 ms. It may stay down
// for a night.
const urgentFor = 10 * time.Minute

// autoEnabled reports whether automatic reconnects are on and not paused.
func (s *State) autoEnabled() bool { return s.cfg.Auto && s.PausedUntil == 0 }

func (s *State) configure(c Config, now Time, o *Output) {
	old := s.cfg
	s.cfg = c
	otherClient := old.Client != c.Client
	otherServer := old.Profile != c.Profile || old.Server != c.Server
	if otherClient || otherServer {
		s.pending, s.missed, s.fallbacks, s.sessionAttempts = noCause, noCause, 0, 0
		if otherClient || !s.job.Phase.posted() {
			s.stop(SettingsChanged, now, o)
		}
		s.job.retargeted = s.job.Phase != NoJob
		s.forgetPassword(o)
		s.wentDown = false
	}
	// Otherwise the watcher goes on, and reports only changes.
	if otherServer || old.Ready != c.Ready {
		// If the client has got back already, the server's becoming ready by its new source
		// must not move the client again.
		s.wentDown = s.wentDown && !s.rejoined
		s.signalDue, s.signalReported = 0, false
		s.setServer(ServerUnknown, problem.Problem{}, now, o)
	}
	if otherClient {
		s.setReading(debugport.Reading{}, now, o)
		s.lastStatus, s.notRunning = debugport.NoStatus, false
		o.PollNow = true
	}
	if s.pending == Launch && !c.OnLaunch || s.pending == DroppedOut && !c.OnDrop {
		s.pending = noCause
	}
	if !c.Auto {
		s.missed = noCause
	}
	if !s.autoEnabled() {
		s.stopAutomatic(now, o)
	}
	if c.Elsewhere && s.job.Phase.Cancellable() && s.job.automatic() {
		s.end(Failed, OtherServer, now, o)
	}
}

func (s *State) pause(d time.Duration, now Time, o *Output) {
	s.PausedUntil = Forever
	if d > 0 {
		s.PausedUntil = now + d
	}
	o.event(Event{Kind: Paused, At: now, Pause: max(0, d)})
	s.stopAutomatic(now, o)
}

func (s *State) resume(now Time, o *Output) {
	if s.PausedUntil == 0 {
		return
	}
	s.PausedUntil = 0
	o.event(Event{Kind: Resumed, At: now})
}

// stopAutomatic ends an automatic reconnect that has not been sent. What happens while
// automatic reconnects are off does not begin one when they are turned on: that would be a
// surprise. After a pause reportMissed lets the user decide.
func (s *State) stopAutomatic(now Time, o *Output) {
	s.pending = noCause
	if s.job.Phase.Cancellable() && s.job.automatic() {
		s.stop(TurnedOff, now, o)
	}
}

func (s *State) woke(now Time, o *Output) {
	o.event(Event{Kind: Slept, At: now})
	s.waking, s.sessionAttempts = true, 0
	s.signalDue = 0
	s.setReading(debugport.Reading{}, now, o)
	s.setServer(ServerUnknown, problem.Problem{}, now, o)
	if s.job.Phase.posted() {
		// The client slept too, so its time to join begins again.
		s.job.postedAt, s.job.menuSince = now, 0
	}
	o.PollNow = true
}
