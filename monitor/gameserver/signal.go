package gameserver

import "altv-tray/monitor/problem"

// signalSeen: `altv-tray ready` came in.
type signalSeen struct{}

var (
	waitsForSignal    = *problem.New(problem.WaitsForSignal)
	openWithoutSignal = *problem.New(problem.OpenWithoutSignal)
)

// signalJudge is for the source "signal": the server is ready when the game mode says so.
//
// A signal counts until the port, accepted after it, is refused, or, open after it, has
// nothing behind its relay. A port that was so already when the signal came does not end
// it: a game mode may signal before the server opens TCP. Without a port, only the next
// signal shows a kill. A signal ends a start, so it is reported as Down, Up.
type signalJudge struct {
	in    bool     // the signal of this run came
	conn  portKind // of the connection that there is: portAccepted, portOpen or portNone
	armed portKind // the most that conn has been since the signal
	down  bool     // Down was reported, and no signal came since
}

func (j *signalJudge) see(seen any) []Fact {
	switch seen := seen.(type) {
	case signalSeen:
		told := j.down
		j.in, j.armed, j.down = true, j.conn, false
		if told {
			return []Fact{{State: Up}}
		}
		return []Fact{{Down, *problem.New(problem.ServerJustStarted)}, {State: Up}}
	case portSeen:
		return j.port(seen)
	}
	return nil
}

func (j *signalJudge) port(seen portSeen) []Fact {
	j.conn = portNone
	if seen.kind == portAccepted || seen.kind == portOpen {
		j.conn = seen.kind
		j.armed = max(j.armed, seen.kind)
	}
	switch seen.kind {
	case portOpen:
		switch {
		case j.in:
			return []Fact{{State: Up}}
		case j.down:
			return []Fact{{Down, openWithoutSignal}}
		}
		return []Fact{{Unknown, openWithoutSignal}}
	case portRefused, portEmpty, portSilent:
		if j.in && (j.armed == portNone || j.armed == portAccepted && seen.kind == portEmpty) {
			return nil
		}
		if seen.proven() {
			j.in = false
		}
		j.down = true
		return []Fact{{Down, seen.why}}
	}
	return nil
}
