package monitor

import (
	"time"

	"altv-tray/monitor/debugport"
)

// This file carries a reconnect out: it waits until the client is ready, has the POST sent,
// follows the join, and decides on further attempts.

// advance takes the reconnect as far as it can go now. Fresh means that the input was a status.
func (s *State) advance(fresh bool, now Time, o *Output) {
	if s.job.Phase.Cancellable() && fresh && !s.joinedLate(now, o) {
		s.checkClient(now, o)
	}
	if s.job.Until > 0 && now >= s.job.Until {
		s.retryNow(o)
	}
	switch s.job.Phase {
	case Waiting:
		if s.job.automatic() && s.Server != ServerReady && now-s.ServerSince >= s.cfg.JoinTimeout {
			s.stop(ServerWentDown, now, o)
			return
		}
		s.trySend(fresh, now, o)
	case Leaving, Joining:
		s.watchJoin(fresh, now, o)
	}
}

// checkClient ends a reconnect that waits for a client which is not there.
func (s *State) checkClient(now Time, o *Output) {
	j := &s.job
	gone := NoReason
	switch s.Client.Outcome {
	case debugport.NotRunning:
		gone = either(j.clientSeen, ClientQuit, ClientAbsent)
	case debugport.NotAltV:
		gone = either(j.clientSeen, ClientTaken, ClientForeign)
	}
	switch {
	case gone != NoReason && !j.clientSeen && j.ByHand:
		s.end(Refused, gone, now, o)
	case gone != NoReason:
		s.stop(gone, now, o)
	case s.Client.Ready() || now-max(s.Since, j.Since) < s.waitLimit():
		// No answer does not show whether a client is there.
		j.clientSeen = j.clientSeen || s.Client.Outcome != debugport.NoAnswer
	default:
		s.end(Failed, either(s.Client.Outcome == debugport.NoAnswer, ClientSilent, ClientBusy), now, o)
	}
}

// waitLimit is how long a reconnect waits for a client that stays in one state. Loading and
// downloading may take long, but an error or a missing answer that lasts will not go away.
func (s *State) waitLimit() time.Duration {
	if s.Client.Outcome == debugport.Known && s.Client.Status != debugport.Error {
		return 10 * s.cfg.JoinTimeout
	}
	return s.cfg.JoinTimeout
}

// trySend has the POST sent if the status is fresh and nothing is missing.
func (s *State) trySend(fresh bool, now Time, o *Output) {
	j := &s.job
	if !s.Client.Ready() || s.waking {
		return
	}
	if j.automatic() {
		if s.Server != ServerReady || j.Cause != ServerRestart && j.Attempt == 1 && s.Client.Status != debugport.MainMenu {
			return
		}
		if s.cfg.Delay > 0 && !j.delayOver && j.Attempt == 1 {
			j.Phase, j.Until = Countdown, now+s.cfg.Delay
			e := s.jobEvent(CountingDown, now)
			e.Pause = s.cfg.Delay
			o.event(e)
			return
		}
	}
	if !fresh || !j.hasPassword {
		return
	}
	j.Phase, j.postedAt, j.from = Posting, now, s.Client.Status
	j.left, j.connected, j.serverWentDown, j.menuSince = false, false, false, 0
	o.Send, o.Job = true, j.ID
	o.event(s.jobEvent(Sending, now))
}

// passwordRead handles the result of reading the password.
func (s *State) passwordRead(in Input, now Time, o *Output) {
	j := &s.job
	if in.job != j.ID || !j.passwordAsked || !j.Phase.Cancellable() {
		return
	}
	if in.failed != NoReason {
		s.end(Failed, in.failed, now, o)
		return
	}
	j.hasPassword, j.passwordEmpty = true, in.empty
	o.PollNow = true
}

// answered handles the result of the POST.
func (s *State) answered(in Input, now Time, o *Output) {
	j := &s.job
	if in.job != j.ID || j.Phase != Posting {
		return
	}
	e := s.jobEvent(Answered, now)
	e.Answer, e.Code = in.answer, in.code
	o.event(e)
	switch in.answer {
	case debugport.NotSent:
		j.Phase, o.PollNow = Waiting, true
		// What did not stop a POST that seemed to be in flight stops the reconnect now.
		switch {
		case j.retargeted:
			s.stop(SettingsChanged, now, o)
		case j.automatic() && s.Server == ServerDown:
			s.stop(ServerWentDown, now, o)
		case j.automatic() && !s.autoEnabled():
			s.stop(TurnedOff, now, o)
		case j.automatic() && s.cfg.Elsewhere:
			s.end(Failed, OtherServer, now, o)
		}
	case debugport.Refused:
		s.attemptFailed(ClientSaidNo, now, o)
	default:
		// The client may have received an unanswered POST: only its state shows that, and a
		// second POST could cut a join off.
		j.Phase = Leaving
		o.PollNow = true
	}
}

// watchJoin follows the client after an accepted POST until it has joined or failed to.
func (s *State) watchJoin(fresh bool, now Time, o *Output) {
	j := &s.job
	if fresh {
		j.record(s.Client)
	}
	if s.waking {
		return // the result would be announced
	}
	if fresh {
		switch s.Client.Outcome {
		case debugport.NotRunning:
			s.end(Failed, ClientQuit, now, o)
			return
		case debugport.NotAltV:
			s.end(Failed, ClientTaken, now, o)
			return
		case debugport.Known:
			if s.checkJoin(s.Client.Status, now, o) {
				return
			}
		}
	}
	if now-j.postedAt >= s.cfg.JoinTimeout {
		s.attemptFailed(JoinTimeout, now, o)
	}
}

// record notes how far the client has come since the POST.
func (j *job) record(r debugport.Reading) {
	if r.Outcome == debugport.Known {
		j.left = j.left || r.Status != j.from
		j.connected = j.connected || r.Status == debugport.Connecting || r.Status == debugport.DownloadingFiles
	}
}

// checkJoin reports whether a status after the POST ends the attempt, and ends it.
func (s *State) checkJoin(st debugport.Status, now Time, o *Output) bool {
	j := &s.job
	if j.left {
		j.Phase = Joining
	}
	if st != debugport.MainMenu {
		j.menuSince = 0
	}
	switch {
	case !j.left && now-j.postedAt >= LeaveTimeout:
		s.attemptFailed(NoReaction, now, o)
	case !j.left:
		return false
	case st == debugport.InGame:
		s.joined(now, o)
	case st == debugport.Error:
		s.attemptFailed(ClientError, now, o)
	case st == debugport.MainMenu && (j.connected || j.from == debugport.MainMenu):
		s.attemptFailed(FellBack, now, o)
	case st == debugport.MainMenu && j.menuSince == 0:
		// A client that was in game may pass through the main menu before it connects.
		j.menuSince = now
		return false
	case st == debugport.MainMenu && now-j.menuSince >= LeaveTimeout:
		s.attemptFailed(FellBack, now, o)
	default:
		return false
	}
	return true
}

// joinedLate reports whether the client has joined after its attempt was counted as failed, and
// ends the reconnect then. Another POST would throw it out of the game.
func (s *State) joinedLate(now Time, o *Output) bool {
	j := &s.job
	if j.attemptNumber() == 1 {
		return false
	}
	j.record(s.Client)
	if !j.left || s.waking || s.Client.Status != debugport.InGame {
		return false
	}
	s.joined(now, o)
	return true
}

func (s *State) joined(now Time, o *Output) {
	s.fallbacks = 0
	s.sessionAttempts, s.joinedAt = s.job.attemptNumber(), now
	s.end(Joined, NoReason, now, o)
}

// attemptFailed decides whether another attempt follows.
func (s *State) attemptFailed(why Reason, now Time, o *Output) {
	j := &s.job
	// After a session that began with this password it cannot be wrong.
	if j.connected && j.earlierAttempts == 0 && (why == FellBack || why == ClientError) && s.Server == ServerReady && !j.serverWentDown {
		s.fallbacks++
	} else if j.connected {
		s.fallbacks = 0
	}
	again := s.autoEnabled() && !s.cfg.Elsewhere && s.Server == ServerReady && s.Client.Present() && !j.retargeted
	switch {
	case s.fallbacks >= 2:
		s.fallbacks = 0
		s.end(Failed, either(j.passwordEmpty, PasswordWanted, WrongPassword), now, o)
	case again && s.pending != noCause:
		// The server has restarted, and a new reconnect follows for that.
		s.end(Cancelled, why, now, o)
	case again && j.attemptNumber() < s.cfg.Attempts:
		e := s.jobEvent(AttemptFailed, now)
		e.Reason, e.Pause = why, backoff(j.attemptNumber())
		o.event(e)
		j.Attempt++
		j.retry = true
		j.Phase, j.Until = Backoff, now+e.Pause
	case j.serverWentDown:
		s.stop(ServerWentDown, now, o)
	default:
		s.end(Failed, why, now, o)
	}
}

// backoff returns the pause after the nth attempt: 1, 2, 4, 8, 16, 30, 30 … seconds.
func backoff(n int) time.Duration {
	return min(time.Second<<min(n-1, 5), 30*time.Second)
}

// retryNow ends a pause or a countdown. After a failed attempt the password is read again, as
// the user may have corrected it.
func (s *State) retryNow(o *Output) {
	if s.job.Phase == Backoff {
		s.forgetPassword(o)
	}
	s.job.Phase, s.job.Until, s.job.delayOver, o.PollNow = Waiting, 0, true, true
}

func (s *State) forgetPassword(o *Output) {
	s.job.passwordAsked, s.job.hasPassword = false, false
	o.Forget = true
}

// stop ends the reconnect, if there is one, because it has become pointless. One that was asked
// for by hand fails, so that the user sees it. An automatic one is cancelled.
func (s *State) stop(why Reason, now Time, o *Output) {
	switch {
	case s.job.Phase == NoJob:
	case s.job.ByHand:
		s.end(Failed, why, now, o)
	default:
		s.end(Cancelled, why, now, o)
	}
}

// end ends the job and keeps its result.
func (s *State) end(kind EventKind, why Reason, now Time, o *Output) {
	e := s.jobEvent(kind, now)
	e.Reason, e.Took = why, now-s.job.Since
	o.event(e)
	s.Last, s.job = e, job{}
	o.Forget = true
}

func (s *State) jobEvent(kind EventKind, now Time) Event {
	j := &s.job
	return Event{
		Kind: kind, At: now, Job: j.ID, ByHand: j.ByHand, Cause: j.Cause,
		Attempt: j.attemptNumber(), Attempts: max(1, s.cfg.Attempts), Rejoin: j.earlierAttempts > 0, Server: s.Server, To: s.Client,
	}
}

// either returns a if first, else b.
func either(first bool, a, b Reason) Reason {
	if first {
		return a
	}
	return b
}
