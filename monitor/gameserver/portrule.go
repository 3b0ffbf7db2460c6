package gameserver

import "time"

// raced is the age below which a living server may have ended a connection without having
// seen the request, as on a busy computer.
const raced = time.Second

// portEnd is how a dial, or the connection that it made, ended.
type portEnd struct {
	kind            portKind // portClosed, portRefused, portSilent or portFault
	at              time.Time
	asked, answered bool // a request was sent; a byte came
	opened          bool // it was reported as portOpen
	age             time.Duration
}

// portRule decides what a port's ends mean, see port. It begins with patience held.
type portRule struct {
	down       bool          // Down was reported last
	unasked    bool          // the next connection gets no request
	patience   time.Duration // the age at which the next connection counts as held
	unanswered int           // requests in a row that ended without a byte
	young      bool          // the last connection ended before it was held
}

// replaced notes that another socket listens, and reports whether that is worth a report.
func (r *portRule) replaced() bool {
	r.patience = heldFresh
	if r.down {
		return false
	}
	r.down, r.unasked = true, false
	return true
}

// take returns what to report of an end, portNone for nothing, and whether to dial at once.
func (r *portRule) take(end portEnd) (tell portKind, atOnce bool) {
	switch end.kind {
	case portRefused:
		*r = portRule{down: true, patience: heldFresh}
		return portRefused, false
	case portSilent:
		r.down, r.unasked, r.patience = true, false, held
		return portSilent, false
	case portFault:
		// Down stays: Unknown in between would hide that the server was away.
		if r.down {
			return portNone, false
		}
		return portFault, false
	}
	r.patience = held
	r.down = r.down && !end.opened
	atOnce, r.young = !r.young, end.age < held
	r.unasked = end.answered && r.young
	switch {
	case end.answered || end.age >= held:
		r.unanswered = 0
	case end.asked:
		if r.unanswered++; r.unanswered == 1 && end.age < raced {
			return portNone, true
		}
		r.down = true
		return portEmpty, false
	}
	return portNone, atOnce
}
