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
	case inReading:
		s.sawClient(in.reading, now, &o)
	case inServer:
		s.sawServer(in.server, now, &o)
	case inAsk:
		s.ask(now, &o)
	case inCancel:
		if s.job.phase.Cancellable() && (in.job == 0 || in.job == s.job.id) {
			s.wish = noWish
			s.end(Cancelled, ByUser, now, &o)
		}
	case inSecret:
		s.secretRead(in, now, &o)
	case inSent:
		s.sent(in, now, &o)
	case inConfig:
		s.configure(in.config, now, &o)
	case inPassword:
		s.fell = 0
		s.forgetPassword(&o)
		o.event(Event{Kind: NewPassword, At: now})
	case inPause:
		s.pause(in.pause, now, &o)
	case inResume:
		s.resume(now, &o)
	case inWoke:
		s.woke(now, &o)
	}
	s.settle(in.kind == inReading, now, &o)
	s.plan(now, &o)
	return s, o
}

// settle does what follows every input.
func (s *State) settle(fresh bool, now Time, o *Output) {
	if s.paused > 0 && now >= s.paused {
		s.resume(now, o)
	}
	if s.server == ServerStarting && now >= s.readyAt() {
		s.serverReady(now, o)
	}
	if s.signalDue > 0 && now >= s.signalDue {
		s.signalMissing(now, o)
	}
	s.advance(fresh, now, o)
	s.meetWish(now, o)
	s.reportMissed(now, o)
	if s.job.phase == Waiting && !s.job.asked && (s.job.checked || s.reading.Present()) {
		s.job.asked = true
		o.ReadPassword, o.Job = true, s.job.id
	}
}

// plan decides how often to poll, when to step next, and whether to watch the server closely.
func (s *State) plan(now Time, o *Output) {
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
	soonest(s.paused)
	soonest(s.signalDue)
	if s.server == ServerStarting {
		soonest(s.readyAt())
	}
	if s.job.phase == Countdown || s.job.phase == Backoff {
		soonest(s.job.until)
	}
	// A server that stays down for a night is not worth twenty looks a second.
	lull := s.serverSince + urgentFor
	o.Urgent = s.automatic() && s.reading.Present() && (s.server != ServerDown || now < lull)
	if o.Urgent && s.server == ServerDown {
		soonest(lull)
	}
}

// urgentFor is for how long a server that is down is looked for every 50 ms.
const urgentFor = 10 * time.Minute

// automatic reports whether reconnects may begin without being asked for.
func (s *State) automatic() bool { return s.cfg.Auto && s.paused == 0 }

func (s *State) configure(c Config, now Time, o *Output) {
	old := s.cfg
	s.cfg = c
	otherClient := old.Client != c.Client
	otherServer := old.Profile != c.Profile || old.Server != c.Server
	if otherClient || otherServer {
		s.wish, s.missed, s.fell, s.broughtBy = noWish, noWish, 0, 0
		if otherClient || !s.job.phase.underway() {
			s.stop(SettingsChanged, now, o)
		}
		s.job.moved = s.job.phase != NoJob
		s.forgetPassword(o)
		s.wentDown = false
	}
	// The watch of a server that stays the same reports only changes.
	if otherServer || old.Ready != c.Ready {
		// A server that is ready by the new way is no reason to move a client that
		// has got back by another.
		s.wentDown = s.wentDown && !s.rejoined
		s.signalDue, s.signalTold = 0, false
		s.setServer(ServerUnknown, problem.Problem{}, now, o)
	}
	if otherClient {
		s.setReading(debugport.Reading{}, now, o)
		s.last, s.absent = debugport.NoStatus, false
		o.PollNow = true
	}
	if s.wish == Launch && !c.OnLaunch || s.wish == DroppedOut && !c.OnDrop {
		s.wish = noWish
	}
	if !c.Auto {
		s.missed = noWish
	}
	if !s.automatic() {
		s.stopAutomatic(now, o)
	}
	if c.Elsewhere && s.job.phase.Cancellable() && s.job.byItself() {
		s.end(Failed, OtherServer, now, o)
	}
}

func (s *State) pause(d time.Duration, now Time, o *Output) {
	s.paused = Forever
	if d > 0 {
		s.paused = now + d
	}
	o.event(Event{Kind: Paused, At: now, Pause: max(0, d)})
	s.stopAutomatic(now, o)
}

func (s *State) resume(now Time, o *Output) {
	if s.paused == 0 {
		return
	}
	s.paused = 0
	o.event(Event{Kind: Resumed, At: now})
}

// stopAutomatic calls off what has not been sent and was not asked for. What happens
// while automatic reconnects are off makes none when they are turned on: that would be a
// surprise. After a pause the user is asked instead, see reportMissed.
func (s *State) stopAutomatic(now Time, o *Output) {
	s.wish = noWish
	if s.job.phase.Cancellable() && s.job.byItself() {
		s.stop(TurnedOff, now, o)
	}
}

func (s *State) woke(now Time, o *Output) {
	o.event(Event{Kind: Slept, At: now})
	s.asleep, s.broughtBy = true, 0
	s.signalDue = 0
	s.setReading(debugport.Reading{}, now, o)
	s.setServer(ServerUnknown, problem.Problem{}, now, o)
	if s.job.phase.underway() {
		// The client slept too, so the join's time begins again.
		s.job.posted, s.job.menuSince = now, 0
	}
	o.PollNow = true
}
