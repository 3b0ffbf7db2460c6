package gameserver

import "altv-tray/monitor/problem"

// signalReport reports that `altv-tray ready` was run.
type signalReport struct{}

var openWithoutSignal = *problem.New(problem.OpenWithoutSignal)

// signalReadiness decides for the source "signal": the server is ready when the game mode
// says so.
//
// A signal counts until the port was open after it and then has nothing behind it. A port
// that had nothing behind it when the signal came does not end it: a game mode may signal
// before the server opens TCP. Without a port, only the next signal shows that the server was
// killed. As a signal ends a start, it is reported as Down, Up.
type signalReadiness struct {
	received  bool // the signal of this run
	open      bool // a connection is open
	confirmed bool // a connection was open since the signal
	down      bool // Down was reported, and no signal came since
}

func (s *signalReadiness) observe(report any) []Fact {
	switch report := report.(type) {
	case signalReport:
		wasDown := s.down
		s.received, s.confirmed, s.down = true, s.open, false
		if wasDown {
			return []Fact{{State: Up}}
		}
		return []Fact{{State: Down, Why: *problem.New(problem.ServerJustStarted)}, {State: Up}}
	case portReport:
		return s.observePort(report)
	}
	return nil
}

func (s *signalReadiness) observePort(port portReport) []Fact {
	s.open = port.kind == portOpen
	s.confirmed = s.confirmed || s.open
	switch {
	case s.open && s.received:
		return []Fact{{State: Up}}
	case s.open && s.down:
		return []Fact{{State: Down, Why: openWithoutSignal}}
	case s.open:
		return []Fact{{State: Unknown, Why: openWithoutSignal}}
	case !port.down(), s.received && !s.confirmed:
		return nil
	}
	s.received = s.received && !port.proven()
	s.down = true
	return []Fact{{State: Down, Why: port.why}}
}
