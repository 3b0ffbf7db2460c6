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
// A signal counts until the port, open after it, has nothing behind it. A port that had
// nothing already when the signal came does not end it: a game mode may signal before the
// server opens TCP. Without a port, only the next signal shows a kill. A signal ends a
// start, so it is reported as Down, Up.
type signalJudge struct {
	in    bool // the signal of this run came
	open  bool // there is an open connection
	armed bool // there was one since the signal
	down  bool // Down was reported, and no signal came since
}

func (j *signalJudge) see(seen any) []Fact {
	switch seen := seen.(type) {
	case signalSeen:
		wasDown := j.down
		j.in, j.armed, j.down = true, j.open, false
		if wasDown {
			return []Fact{{State: Up}}
		}
		return []Fact{{State: Down, Why: *problem.New(problem.ServerJustStarted)}, {State: Up}}
	case portSeen:
		return j.port(seen)
	}
	return nil
}

func (j *signalJudge) port(seen portSeen) []Fact {
	j.open = seen.kind == portOpen
	j.armed = j.armed || j.open
	switch seen.kind {
	case portOpen:
		switch {
		case j.in:
			return []Fact{{State: Up}}
		case j.down:
			return []Fact{{State: Down, Why: openWithoutSignal}}
		}
		return []Fact{{State: Unknown, Why: openWithoutSignal}}
	case portRefused, portEmpty, portSilent:
		if j.in && !j.armed {
			return nil
		}
		if seen.proven() {
			j.in = false
		}
		j.down = true
		return []Fact{{State: Down, Why: seen.why}}
	}
	return nil
}
