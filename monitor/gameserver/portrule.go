package gameserver

import "time"

// raceWindow is the age below which a living server may have ended a connection without having
// seen the request, as on a busy computer.
const raceWindow = time.Second

// portEnd is how a dial, or the connection that it made, ended. A dial that is cut off counts
// as a connection that ended without an answer.
type portEnd struct {
	kind      portKind // portClosed, portRefused, portSilent or portFault
	at        time.Time
	requested bool // a request was sent, or was to be sent on a dial that was cut off
	answered  bool // a byte came
	opened    bool // it was reported as portOpen
	age       time.Duration
}

// portRule decides what the ends of a port's connections mean; see port. A new one is
// portRule{proofAge: proofAge}.
type portRule struct {
	down        bool          // Down was reported last
	skipRequest bool          // for the next connection
	proofAge    time.Duration // of the next connection
	unanswered  int           // requests in a row that ended without a byte
	young       bool          // the last connection ended before the constant proofAge
}

// replaced notes that another socket listens, and returns whether to report it.
func (r *portRule) replaced() bool {
	r.proofAge = newProofAge
	if r.down {
		return false
	}
	r.down, r.skipRequest = true, false
	return true
}

// decide returns what to report after an end, portNone for nothing, and whether to dial at
// once.
func (r *portRule) decide(end portEnd) (report portKind, redial bool) {
	switch end.kind {
	case portRefused:
		*r = portRule{down: true, proofAge: newProofAge}
		return portRefused, false
	case portSilent:
		r.down, r.skipRequest, r.proofAge = true, false, proofAge
		return portSilent, false
	case portFault:
		// Down stays: Unknown in between would hide that the server was away.
		if r.down {
			return portNone, false
		}
		return portFault, false
	}
	r.proofAge = proofAge
	r.down = r.down && !end.opened
	redial, r.young = !r.young, end.age < proofAge
	r.skipRequest = end.answered && r.young
	switch {
	case end.answered || !r.young:
		r.unanswered = 0
	case end.requested:
		if r.unanswered++; r.unanswered == 1 && end.age < raceWindow {
			return portNone, true
		}
		r.down = true
		return portEmpty, false
	}
	return portNone, redial
}
