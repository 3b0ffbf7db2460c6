package monitor

import (
	"time"

	"altv-tray/monitor/debugport"
	"altv-tray/monitor/problem"
)

// Step is the whole decision: from a State, the time and one input it makes the next State
// and what to do. It reads no clock. Times must not go backwards.
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
		if s.job.phase.Cancellable() && (in.job == 0 || in.job == s.job.id) {
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

// proceed does what follows every input.
func (s *State) proceed(fresh bool, now Time, o *Output) {
	if s.pausedUntil > 0 && now >= s.pausedUntil {
		s.resume(now, o)
	}
	if s.server == ServerStarting && now >= s.readyAt() {
		s.serverReady(now, o)
	}
	if s.signalDue > 0 && now >= s.signalDue {
		s.signalMissing(now, o)
	}
	s.advance(fresh, now, o)
	s.beginPending(now, o)
	s.reportMissed(now, o)
	if s.job.phase == Waiting && !s.job.passwordAsked && (s.job.clientSeen || s.reading.Present()) {
		s.job.passwordAsked = true
		o.ReadPassword, o.Job = true, s.job.id
	}
}

// planOutput decides how often to poll, when to step next, and whether to watch the server closely.
func (s *State) planOutput(now Time, o *Output) {
	switch {
	case s.job.phase != NoJob && s.job.phase != Backoff:
		o.Poll = PollPending
	case s.reading.Outcome == debugport.NotRunning:
		o.Poll = PollAbsent
	default:
		o.Poll = PollIdle
	}
	o.Wake = Forever
	soonest := func(t Time) { // 0 is no time
		if t > now && t < o.Wake {
			o.Wake = t
		}
	}
	soonest(s.pausedUntil)
	soonest(s.signalDue)
	if s.server == ServerStarting {
		soonest(s.readyAt())
	}
	if s.job.phase == Countdown || s.job.phase == Backoff {
		soonest(s.job.until)
	}
	// A server that stays down for a night is not worth twenty looks a second.
	lull := s.serverSince + urgentFor
	o.Urgent = s.autoEnabled() && s.reading.Present() && (s.server != ServerDown || now < lull)
	if o.Urgent && s.server == ServerDown {
		soonest(lull)
	}
}

// urgentFor is for how long a server that is down is looked for every 50 ms.
const urgentFor = 10 * time.Minute

// autoEnabled reports whether reconnects may begin without being asked for.
func (s *State) autoEnabled() bool { return s.cfg.Auto && s.pausedUntil == 0 }

func (s *State) configure(c Config, now Time, o *Output) {
	old := s.cfg
	s.cfg = c
	otherClient := old.Client != c.Client
	otherServer := old.Profile != c.Profile || old.Server != c.Server
	if otherClient || otherServer {
		s.pending, s.missed, s.fallbacks, s.sessionAttempts = noCause, noCause, 0, 0
		if otherClient || !s.job.phase.posted() {
			s.stop(SettingsChanged, now, o)
		}
		s.job.retargeted = s.job.phase != NoJob
		s.forgetPassword(o)
		s.wentDown = false
	}
	// The watch of a server that stays the same reports only changes.
	if otherServer || old.Ready != c.Ready {
		// A server that is ready by the new way is no reason to move a client that
		// has got back by another.
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
	if c.Elsewhere && s.job.phase.Cancellable() && s.job.automatic() {
		s.end(Failed, OtherServer, now, o)
	}
}

func (s *State) pause(d time.Duration, now Time, o *Output) {
	s.pausedUntil = Forever
	if d > 0 {
		s.pausedUntil = now + d
	}
	o.event(Event{Kind: Paused, At: now, Pause: max(0, d)})
	s.stopAutomatic(now, o)
}

func (s *State) resume(now Time, o *Output) {
	if s.pausedUntil == 0 {
		return
	}
	s.pausedUntil = 0
	o.event(Event{Kind: Resumed, At: now})
}

// stopAutomatic calls off what has not been sent and was not asked for. What happens
// while automatic reconnects are off makes none when they are turned on: that would be a
// surprise. After a pause the user is asked instead, see reportMissed.
func (s *State) stopAutomatic(now Time, o *Output) {
	s.pending = noCause
	if s.job.phase.Cancellable() && s.job.automatic() {
		s.stop(TurnedOff, now, o)
	}
}

func (s *State) woke(now Time, o *Output) {
	o.event(Event{Kind: Slept, At: now})
	s.waking, s.sessionAttempts = true, 0
	s.signalDue = 0
	s.setReading(debugport.Reading{}, now, o)
	s.setServer(ServerUnknown, problem.Problem{}, now, o)
	if s.job.phase.posted() {
		// The client slept too, so the join's time begins again.
		s.job.postedAt, s.job.menuSince = now, 0
	}
	o.PollNow = true
}
