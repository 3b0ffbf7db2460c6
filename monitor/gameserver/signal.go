package gameserver

// signalSeen: `altv-tray ready` came in.
type signalSeen struct{}

const waitsForSignal = "waits for `altv-tray ready`"

// signalJudge is for the source "signal": ready is what the game mode says
// when its own start-up is over.
//
// A signal holds until the TCP port, having accepted after it, is refused. A
// port that was refused already when the signal came does not end it: a game
// mode may signal from its synchronous start, before the server opens TCP.
// Where the port tells nothing, a kill is noticed only by the next signal. A
// signal is the end of a start, so the server was not ready before it: where
// that was not told yet, it is told as Down, Up.
type signalJudge struct {
	in        bool // the signal of this run came
	connected bool // the kept connection is there
	armed     bool // the port accepted since the signal: refusing now ends it
	down      bool // Down was told, and no signal came since
}

func (j *signalJudge) see(seen any) []Fact {
	switch seen := seen.(type) {
	case signalSeen:
		told := j.down
		j.in, j.armed, j.down = true, j.connected, false
		if told {
			return []Fact{{State: Up}}
		}
		return []Fact{{Down, "the game mode has just started"}, {State: Up}}
	case portSeen:
		return j.port(seen)
	}
	return nil
}

func (j *signalJudge) port(seen portSeen) []Fact {
	j.connected = seen.kind == portOpen
	switch seen.kind {
	case portOpen:
		j.armed = true
		switch {
		case j.in:
			return []Fact{{State: Up}}
		case j.down:
			return []Fact{{Down, waitsForSignal}}
		}
		return []Fact{{Unknown, waitsForSignal}}
	case portRefused, portSilent:
		if j.in && !j.armed {
			return nil
		}
		if seen.kind == portRefused {
			j.in = false
		}
		j.down = true
		return []Fact{{Down, seen.why}}
	}
	return nil
}
