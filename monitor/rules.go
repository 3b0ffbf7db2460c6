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
	s.reading, s.readingSince = r, now
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

// statusRead handles a fresh status, and what it means for the wish.
func (s *State) statusRead(r debugport.Reading, now Time, o *Output) {
	announce := s.seen() && !s.waking
	changed := r != s.reading
	s.setReading(r, now, o)
	s.endWaking()
	switch r.Outcome {
	case debugport.NotRunning:
		s.notRunning, s.lastStatus, s.pending, s.dropAnnounced, s.sessionAttempts = true, debugport.NoStatus, noCause, false, 0
		s.missed = noCause
	case debugport.NotAltV:
		// Not the same as a client that quit: one garbled answer must not
		// make the next good one look like a client that was just started.
		s.lastStatus, s.pending = debugport.NoStatus, noCause
	case debugport.Known:
		if changed {
			s.statusChanged(r.Status, announce, now, o)
		}
	}
}

// statusChanged handles a status word that differs from the reading before.
func (s *State) statusChanged(st debugport.Status, announce bool, now Time, o *Output) {
	before := s.lastStatus
	s.lastStatus = st
	if s.notRunning {
		s.notRunning = false
		if s.cfg.OnLaunch && !s.waking {
			s.setPending(Launch)
		}
	}
	joining := st == debugport.Connecting || st == debugport.DownloadingFiles || st == debugport.InGame
	if joining {
		s.dropAnnounced = false
		s.rejoined = s.rejoined || st != before
		// The player gets there without us, which meets the wish.
		s.missed = noCause
		if s.pending == Launch || s.pending == DroppedOut {
			s.pending = noCause
		}
		if j := &s.job; j.phase.Cancellable() && !j.byHand && j.attempt == 1 && (j.cause == Launch || j.cause == DroppedOut) {
			s.end(Cancelled, NoReason, now, o)
		}
	}
	if before == st || s.job.phase.posted() {
		return
	}
	if before == debugport.InGame && !joining && announce {
		s.dropped(now, o)
	}
	// A drop was announced already, and ends in the main menu.
	if st == debugport.MainMenu && announce && !s.dropAnnounced {
		e := Event{Kind: ClientReady, At: now, Job: s.job.id, ByHand: s.job.byHand}
		missed := s.pausedUntil == 0 && s.missed != noCause // this event reports it as well
		if missed {
			s.missed = noCause
		}
		if missed || !s.autoEnabled() {
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
		s.dropAnnounced = true
		left := NoReason
		switch {
		case !s.autoEnabled():
			left = TurnedOff
		case s.cfg.Elsewhere:
			left = OtherServer
		}
		o.event(Event{Kind: Dropped, At: now, Server: s.server, Reason: left})
	}
	switch {
	case !s.cfg.OnDrop:
	case s.autoEnabled() && s.sessionAttempts > 0 && now-s.joinedAt < LastingSession && s.server == ServerReady && !s.cfg.Elsewhere && s.job.phase == NoJob:
		s.thrownOut(s.sessionAttempts, now, o)
	default:
		s.setPending(DroppedOut)
	}
	s.sessionAttempts = 0
}

// thrownOut: the session after a reconnect did not last, as after a kick or a crash of the
// game mode. So its join counts as failed, as the last of the attempts used: the next one
// follows after a pause, if one is left. Only the end of it all is announced.
func (s *State) thrownOut(used int, now Time, o *Output) {
	s.dropAnnounced = true
	s.begin(job{cause: DroppedOut, earlierAttempts: used}, now)
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

// serverSeen handles an observation of the server.
func (s *State) serverSeen(f ServerFact, now Time, o *Output) {
	s.awaitSignal(f, now)
	switch f.State {
	case ServerDown:
		s.setServer(ServerDown, f.Why, now, o)
		s.wentDown, s.rejoined = true, false
		switch {
		case s.job.phase.posted():
			s.job.serverWentDown = true
		case s.job.automatic():
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
	s.endWaking()
}

// awaitSignal sets when the missing signal of the game mode is reported, once for each
// run of the server. After a time in which nothing was known it is still the same run.
func (s *State) awaitSignal(f ServerFact, now Time) {
	open := f.Why.Code == problem.OpenWithoutSignal
	switch {
	case !open:
		s.signalDue = 0
		s.signalReported = s.signalReported && f.State == ServerUnknown
	case s.signalDue == 0 && !s.signalReported:
		s.signalDue = now + SignalPatience
	}
}

// signalMissing: the port is open, and the signal does not come.
func (s *State) signalMissing(now Time, o *Output) {
	s.signalDue, s.signalReported = 0, true
	s.setServer(s.server, *problem.New(problem.SignalMissing), now, o)
	o.event(Event{Kind: SignalMissing, At: now, Server: s.server})
}

// endWaking ends the silence after the computer slept, once both sides have been
// seen again.
func (s *State) endWaking() {
	if s.waking && s.seen() && (s.server != ServerUnknown || s.serverWhy.Code != "") {
		s.waking = false
	}
}

// serverReady: the server has been up for ready_delay.
func (s *State) serverReady(now Time, o *Output) {
	s.setServer(ServerReady, s.serverWhy, now, o)
	if !s.wentDown {
		return
	}
	s.wentDown, s.fallbacks = false, 0
	if !s.reading.Present() && !s.waking {
		return
	}
	// One that has not been sent yet will be sent to this run of the server.
	if s.job.phase == NoJob || s.job.phase.posted() && s.job.serverWentDown {
		s.setPending(ServerRestart)
	}
}

// setPending wishes for an automatic reconnect. In a pause it only remembers the cause.
func (s *State) setPending(c Cause) {
	switch {
	case s.autoEnabled():
		s.pending = c
	case s.cfg.Auto:
		s.missed = c
	}
}

// reportMissed reports the reconnect that did not begin because of a pause, when the pause
// is over and the client could be sent onto the server.
func (s *State) reportMissed(now Time, o *Output) {
	if s.missed == noCause || s.pausedUntil > 0 || s.job.phase != NoJob || s.waking || s.server != ServerReady || !s.reading.Ready() {
		return
	}
	if !s.cfg.Elsewhere {
		o.event(Event{Kind: Missed, At: now, Cause: s.missed})
	}
	s.missed = noCause
}

// beginPending begins the automatic reconnect that is wished for, as soon as none is under way
// and the server is ready.
func (s *State) beginPending(now Time, o *Output) {
	if s.pending == noCause || s.job.phase != NoJob || s.waking || s.server != ServerReady || !s.reading.Present() {
		return
	}
	wish := s.pending
	s.pending = noCause
	switch {
	case !s.autoEnabled():
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
	s.job.byHand, s.job.retry = true, false
	e := s.jobEvent(Asked, now)
	e.Merged = joins
	o.event(e)
	if s.job.phase.Cancellable() {
		s.retryNow(o)
	}
}

// begin starts a job.
func (s *State) begin(j job, now Time) {
	s.lastID++
	s.sessionAttempts, s.missed = 0, noCause
	j.id, j.phase, j.attempt, j.since = s.lastID, Waiting, 1, now
	s.job = j
}
