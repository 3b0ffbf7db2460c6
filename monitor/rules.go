package monitor

import (
	"altv-tray/monitor/debugport"
	"altv-tray/monitor/problem"
)

// This file decides when a reconnect begins: what follows from the client's status, from the
// server's state and from a request by hand.

func (s *State) setReading(r debugport.Reading, now Time, o *Output) {
	if r == s.Client {
		return
	}
	o.event(Event{Kind: ClientChanged, At: now, From: s.Client, To: r})
	s.Client, s.Since = r, now
}

func (s *State) setServer(st ServerState, why problem.Problem, now Time, o *Output) {
	if st == s.Server && why == s.ServerWhy {
		return
	}
	if st != s.Server {
		s.ServerSince = now
	}
	s.Server, s.ServerWhy = st, why
	o.event(Event{Kind: ServerChanged, At: now, Server: st, Why: why})
}

// statusRead handles a fresh reading, known or not.
func (s *State) statusRead(r debugport.Reading, now Time, o *Output) {
	announce := s.Client.Outcome != debugport.Unasked && !s.waking
	changed := r != s.Client
	s.setReading(r, now, o)
	s.endWaking()
	switch r.Outcome {
	case debugport.NotRunning:
		s.notRunning, s.lastStatus, s.pending, s.dropAnnounced, s.sessionAttempts = true, debugport.NoStatus, noCause, false, 0
		s.missed = noCause
	case debugport.NotAltV:
		// This does not set notRunning: after one garbled answer the client must not look as
		// if it had just been started.
		s.lastStatus, s.pending = debugport.NoStatus, noCause
	case debugport.Known:
		if changed {
			s.statusChanged(r.Status, announce, now, o)
		}
	}
}

// statusChanged handles a known status that differs from the reading before. With announce the
// user may be told about it.
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
		// The client joins without a reconnect, so none is needed.
		s.missed = noCause
		if s.pending == Launch || s.pending == DroppedOut {
			s.pending = noCause
		}
		if j := &s.job; j.Phase.Cancellable() && !j.ByHand && j.Attempt == 1 && (j.Cause == Launch || j.Cause == DroppedOut) {
			s.end(Cancelled, NoReason, now, o)
		}
	}
	if before == st || s.job.Phase.posted() {
		return
	}
	if before == debugport.InGame && !joining && announce {
		s.dropped(now, o)
	}
	// After a drop, which was announced already, the client gets into the main menu too.
	if st == debugport.MainMenu && announce && !s.dropAnnounced {
		e := Event{Kind: ClientReady, At: now, Job: s.job.ID, ByHand: s.job.ByHand}
		missed := s.PausedUntil == 0 && s.missed != noCause
		if missed {
			s.missed = noCause // no need for a Missed too
		}
		if missed || !s.autoEnabled() {
			e.Reason = TurnedOff
		}
		o.event(e)
	}
}

// dropped handles a client that has left the game without a reconnect. With the server up the
// player may have left on purpose, so by default nothing follows. With the server down, the
// server's next start brings the client back.
func (s *State) dropped(now Time, o *Output) {
	if s.Server == ServerDown || s.wentDown {
		s.dropAnnounced = true
		left := NoReason
		switch {
		case !s.autoEnabled():
			left = TurnedOff
		case s.cfg.Elsewhere:
			left = OtherServer
		}
		o.event(Event{Kind: Dropped, At: now, Server: s.Server, Reason: left})
	}
	switch {
	case !s.cfg.OnDrop:
	case s.autoEnabled() && s.sessionAttempts > 0 && now-s.joinedAt < LastingSession && s.Server == ServerReady && !s.cfg.Elsewhere && s.job.Phase == NoJob:
		s.thrownOut(s.sessionAttempts, now, o)
	default:
		s.setPending(DroppedOut)
	}
	s.sessionAttempts = 0
}

// thrownOut handles a session that did not last after a reconnect with that many attempts, as
// after a kick or a crash of the game mode. The last attempt counts as failed, and the next one
// follows after a pause if one is left. Only the end of all attempts is announced.
func (s *State) thrownOut(attempts int, now Time, o *Output) {
	s.dropAnnounced = true
	s.begin(DroppedOut, now)
	s.job.earlierAttempts = attempts
	e := s.jobEvent(Triggered, now)
	if attempts >= s.cfg.Attempts {
		o.event(e)
		s.job.Attempt = 0 // no further attempt is made
		s.end(Failed, ThrownOut, now, o)
		return
	}
	e.Pause = backoff(attempts)
	o.event(e)
	s.job.Phase, s.job.Until = Backoff, now+e.Pause
}

// serverSeen handles an observation of the server.
func (s *State) serverSeen(f ServerFact, now Time, o *Output) {
	s.awaitSignal(f, now)
	switch f.State {
	case ServerDown:
		s.setServer(ServerDown, f.Why, now, o)
		s.wentDown, s.rejoined = true, false
		switch {
		case s.job.Phase.posted():
			s.job.serverWentDown = true
		case s.job.automatic():
			// Another reconnect begins when the server is back.
			s.stop(ServerWentDown, now, o)
		}
	case ServerUnknown:
		s.setServer(ServerUnknown, f.Why, now, o)
	default:
		if s.Server == ServerDown || s.Server == ServerUnknown {
			s.setServer(ServerStarting, f.Why, now, o)
		}
	}
	s.endWaking()
}

// awaitSignal sets when a missing signal of the game mode is reported, once for each run of the
// server. A run goes on while the server's state is unknown.
func (s *State) awaitSignal(f ServerFact, now Time) {
	open := f.Why.Code == problem.OpenWithoutSignal
	switch {
	case !open:
		s.signalDue = 0
		s.signalReported = s.signalReported && f.State == ServerUnknown
	case s.signalDue == 0 && !s.signalReported:
		s.signalDue = now + SignalTimeout
	}
}

// signalMissing reports that the port is open and the signal has not come.
func (s *State) signalMissing(now Time, o *Output) {
	s.signalDue, s.signalReported = 0, true
	s.setServer(s.Server, *problem.New(problem.SignalMissing), now, o)
	o.event(Event{Kind: SignalMissing, At: now, Server: s.Server})
}

// endWaking ends the silence after a sleep, once something is known of client and server.
func (s *State) endWaking() {
	if s.waking && s.Client.Outcome != debugport.Unasked && (s.Server != ServerUnknown || s.ServerWhy.Code != "") {
		s.waking = false
	}
}

// serverReady handles a server that has been up for ready_delay.
func (s *State) serverReady(now Time, o *Output) {
	s.setServer(ServerReady, s.ServerWhy, now, o)
	if !s.wentDown {
		return
	}
	s.wentDown, s.fallbacks = false, 0
	if !s.Client.Present() && !s.waking {
		return
	}
	// A reconnect that has not been sent yet will reach this run of the server.
	if s.job.Phase == NoJob || s.job.Phase.posted() && s.job.serverWentDown {
		s.setPending(ServerRestart)
	}
}

// setPending requests an automatic reconnect. During a pause it only remembers the cause.
func (s *State) setPending(c Cause) {
	switch {
	case s.autoEnabled():
		s.pending = c
	case s.cfg.Auto:
		s.missed = c
	}
}

// reportMissed reports the reconnect that did not begin because of a pause, when the pause is
// over and a reconnect is possible.
func (s *State) reportMissed(now Time, o *Output) {
	if s.missed == noCause || s.PausedUntil > 0 || s.job.Phase != NoJob || s.waking || s.Server != ServerReady || !s.Client.Ready() {
		return
	}
	if !s.cfg.Elsewhere {
		o.event(Event{Kind: Missed, At: now, Cause: s.missed})
	}
	s.missed = noCause
}

// beginPending begins the pending reconnect as soon as no other is under way and the server is
// ready.
func (s *State) beginPending(now Time, o *Output) {
	if s.pending == noCause || s.job.Phase != NoJob || s.waking || s.Server != ServerReady || !s.Client.Present() {
		return
	}
	cause := s.pending
	s.pending = noCause
	if s.cfg.Elsewhere {
		o.event(Event{Kind: Withheld, At: now, Cause: cause, Reason: OtherServer, Server: s.Server})
		return
	}
	s.begin(cause, now)
	o.event(s.jobEvent(Triggered, now))
	o.PollNow = true
}

// ask begins a reconnect by hand, or merges the request with the reconnect under way.
func (s *State) ask(now Time, o *Output) {
	merged := s.job.Phase != NoJob
	if !merged {
		s.begin(ByHand, now)
	}
	s.job.ByHand, s.job.retry = true, false
	e := s.jobEvent(Asked, now)
	e.Merged = merged
	o.event(e)
	if s.job.Phase.Cancellable() {
		s.retryNow(o)
	}
}

// begin begins a reconnect.
func (s *State) begin(cause Cause, now Time) {
	s.lastID++
	s.sessionAttempts, s.missed = 0, noCause
	s.job.Reconnect = Reconnect{ID: s.lastID, Phase: Waiting, Cause: cause, Attempt: 1, Since: now}
}
