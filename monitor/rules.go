package monitor

import (
	"altv-tray/monitor/debugport"
	"altv-tray/monitor/problem"
)

// This file holds what makes a reconnect begin: what is seen of the client and
// of the server, and what follows from it when automatic reconnects are on.

func (s *State) setReading(r debugport.Reading, now Time, o *Output) {
	if r == s.reading {
		return
	}
	o.event(Event{Kind: ClientChanged, At: now, From: s.reading, To: r})
	s.reading, s.since = r, now
}

func (s *State) setServer(st ServerState, why problem.Problem, now Time, o *Output) {
	if st == s.server && why == s.serverWhy {
		return
	}
	if st != s.server {
		s.serverSince = now
	}
	s.server, s.serverWhy = st, why
	o.event(Event{Kind: ServerChanged, At: now, Server: st, Why: why})
}

// sawClient handles a fresh status, and what it means for the wish.
func (s *State) sawClient(r debugport.Reading, now Time, o *Output) {
	announce := s.seen() && !s.asleep
	changed := r != s.reading
	s.setReading(r, now, o)
	s.wakeUp()
	switch r.Outcome {
	case debugport.NotRunning:
		s.absent, s.last, s.wish, s.dropTold, s.broughtBy = true, debugport.NoStatus, noWish, false, 0
		s.missed = noWish
	case debugport.NotAltV:
		// Not the same as a client that quit: one garbled answer must not
		// make the next good one look like a client that was just started.
		s.last, s.wish = debugport.NoStatus, noWish
	case debugport.Known:
		if changed {
			s.known(r.Status, announce, now, o)
		}
	}
}

// known handles a status word that differs from the reading before.
func (s *State) known(st debugport.Status, announce bool, now Time, o *Output) {
	before := s.last
	s.last = st
	if s.absent {
		s.absent = false
		if s.cfg.OnLaunch && !s.asleep {
			s.want(Launch)
		}
	}
	joining := st == debugport.Connecting || st == debugport.DownloadingFiles || st == debugport.InGame
	if joining {
		s.dropTold = false
		s.rejoined = s.rejoined || st != before
		// The player gets there without us, which meets the wish.
		s.missed = noWish
		if s.wish == Launch || s.wish == DroppedOut {
			s.wish = noWish
		}
		if j := &s.job; j.phase.Cancellable() && !j.byHand && j.attempt == 1 && (j.cause == Launch || j.cause == DroppedOut) {
			s.end(Cancelled, NoReason, now, o)
		}
	}
	if before == st || s.job.phase.underway() {
		return
	}
	if before == debugport.InGame && !joining && announce {
		s.dropped(now, o)
	}
	// A drop was announced already, and ends in the main menu.
	if st == debugport.MainMenu && announce && !s.dropTold {
		e := Event{Kind: ClientReady, At: now, Job: s.job.id, ByHand: s.job.byHand}
		missed := s.paused == 0 && s.missed != noWish // this event reports it as well
		if missed {
			s.missed = noWish
		}
		if missed || !s.automatic() {
			e.Reason = TurnedOff
		}
		o.event(e)
	}
}

// dropped: the client left the game, and no reconnect of ours did it. With the
// server up the player may have wanted it, so by default nothing follows. With the
// server down, its next start brings the client back.
func (s *State) dropped(now Time, o *Output) {
	if s.server == ServerDown || s.wentDown {
		s.dropTold = true
		left := NoReason
		switch {
		case !s.automatic():
			left = TurnedOff
		case s.cfg.Elsewhere:
			left = OtherServer
		}
		o.event(Event{Kind: Dropped, At: now, Server: s.server, Reason: left})
	}
	switch {
	case !s.cfg.OnDrop:
	case s.automatic() && s.broughtBy > 0 && now-s.joinedAt < LastingSession && s.server == ServerReady && !s.cfg.Elsewhere && s.job.phase == NoJob:
		s.thrownOut(s.broughtBy, now, o)
	default:
		s.want(DroppedOut)
	}
	s.broughtBy = 0
}

// thrownOut: the session after a reconnect did not last, as after a kick or a crash of the
// game mode. So its join counts as failed, as the last of the attempts used: the next one
// follows after a pause, if one is left. Only the end of it all is announced.
func (s *State) thrownOut(used int, now Time, o *Output) {
	s.dropTold = true
	s.begin(job{cause: DroppedOut, before: used}, now)
	e := s.jobEvent(Triggered, now)
	if used >= s.cfg.Attempts {
		o.event(e)
		s.job.attempt = 0 // it makes none
		s.end(Failed, ThrownOut, now, o)
		return
	}
	e.Pause = backoff(used)
	o.event(e)
	s.job.phase, s.job.until = Backoff, now+e.Pause
}

// sawServer handles an observation of the server.
func (s *State) sawServer(f ServerFact, now Time, o *Output) {
	s.awaitSignal(f, now)
	switch f.State {
	case ServerDown:
		s.setServer(ServerDown, f.Why, now, o)
		s.wentDown, s.rejoined = true, false
		switch {
		case s.job.phase.underway():
			s.job.serverFell = true
		case s.job.byItself():
			// Another one begins when the server is back.
			s.stop(ServerWentDown, now, o)
		}
	case ServerUnknown:
		s.setServer(ServerUnknown, f.Why, now, o)
	default:
		if s.server == ServerDown || s.server == ServerUnknown {
			s.setServer(ServerStarting, f.Why, now, o)
		}
	}
	s.wakeUp()
}

// awaitSignal sets when the missing signal of the game mode is reported, once for each
// run of the server. After a time in which nothing was known it is still the same run.
func (s *State) awaitSignal(f ServerFact, now Time) {
	open := f.Why.Code == problem.OpenWithoutSignal
	switch {
	case !open:
		s.signalDue = 0
		s.signalTold = s.signalTold && f.State == ServerUnknown
	case s.signalDue == 0 && !s.signalTold:
		s.signalDue = now + SignalPatience
	}
}

// signalMissing: the port is open, and the signal does not come.
func (s *State) signalMissing(now Time, o *Output) {
	s.signalDue, s.signalTold = 0, true
	s.setServer(s.server, *problem.New(problem.SignalMissing), now, o)
	o.event(Event{Kind: SignalMissing, At: now, Server: s.server})
}

// wakeUp ends the silence after the computer slept, once both sides have been
// seen again.
func (s *State) wakeUp() {
	if s.asleep && s.seen() && (s.server != ServerUnknown || s.serverWhy.Code != "") {
		s.asleep = false
	}
}

// serverReady: the server has been up for ready_delay.
func (s *State) serverReady(now Time, o *Output) {
	s.setServer(ServerReady, s.serverWhy, now, o)
	if !s.wentDown {
		return
	}
	s.wentDown, s.fell = false, 0
	if !s.reading.Present() && !s.asleep {
		return
	}
	// One that has not been sent yet will be sent to this run of the server.
	if s.job.phase == NoJob || s.job.phase.underway() && s.job.serverFell {
		s.want(ServerRestart)
	}
}

// want wishes for an automatic reconnect. In a pause it only remembers the cause.
func (s *State) want(c Cause) {
	switch {
	case s.automatic():
		s.wish = c
	case s.cfg.Auto:
		s.missed = c
	}
}

// reportMissed reports the reconnect that did not begin because of a pause, when the pause
// is over and the client could be sent onto the server.
func (s *State) reportMissed(now Time, o *Output) {
	if s.missed == noWish || s.paused > 0 || s.job.phase != NoJob || s.asleep || s.server != ServerReady || !s.reading.Ready() {
		return
	}
	if !s.cfg.Elsewhere {
		o.event(Event{Kind: Missed, At: now, Cause: s.missed})
	}
	s.missed = noWish
}

// meetWish begins the automatic reconnect that is wished for, as soon as none is under way
// and the server is ready.
func (s *State) meetWish(now Time, o *Output) {
	if s.wish == noWish || s.job.phase != NoJob || s.asleep || s.server != ServerReady || !s.reading.Present() {
		return
	}
	wish := s.wish
	s.wish = noWish
	switch {
	case !s.automatic():
	case s.cfg.Elsewhere:
		o.event(Event{Kind: Withheld, At: now, Cause: wish, Reason: OtherServer, Server: s.server})
	default:
		s.begin(job{cause: wish}, now)
		o.event(s.jobEvent(Triggered, now))
		o.PollNow = true
	}
}

// ask begins a reconnect by hand, or joins the one that is under way.
func (s *State) ask(now Time, o *Output) {
	joins := s.job.phase != NoJob
	if !joins {
		s.begin(job{byHand: true}, now)
	}
	s.job.byHand, s.job.repeat = true, false
	e := s.jobEvent(Asked, now)
	e.Merged = joins
	o.event(e)
	if s.job.phase.Cancellable() {
		s.again(o)
	}
}

// begin starts a job.
func (s *State) begin(j job, now Time) {
	s.ids++
	s.broughtBy, s.missed = 0, noWish
	j.id, j.phase, j.attempt, j.since = s.ids, Waiting, 1, now
	s.job = j
}
