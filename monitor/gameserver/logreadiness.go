package gameserver

import (
	"time"

	"altv-tray/monitor/problem"
)

var waitsForStarted = *problem.New(problem.WaitsForStarted)

// logReadiness decides for the source "log": the server is ready when "Server started" is in
// the log of the run that is alive.
//
// A killed server writes no line, but its TCP port shows it: the server opens the port before
// it writes "Server started". So a refused dial after that line, or one that finds nothing
// behind a relay, proves that the run is over. Without a port (a CDN, no address):
//
//   - a kill is noticed only when the next run begins its log, and is then reported as
//     Down, Up;
//   - a "Server started" found at the first look may be years old, so it counts only once
//     the log grows; until then the server is Unknown.
type logReadiness struct {
	tcp bool
	cdn bool // why tcp is false

	log       logReport
	port      portReport // the last one, without portClosed
	refusedAt time.Time  // when the last dial began that proved that no server runs
}

func (l *logReadiness) observe(report any) []Fact {
	newRun := false
	switch report := report.(type) {
	case portReport:
		if report.kind == portClosed {
			return nil
		}
		l.port = report
		if report.proven() {
			l.refusedAt = report.at
		}
	case logReport:
		newRun = l.log.run > 0 && report.run != l.log.run
		l.log = report
	default:
		return nil
	}
	now, known := l.state()
	switch {
	case !known:
		return nil
	case newRun && now.State != Down:
		return []Fact{{State: Down, Why: waitsForStarted}, now}
	}
	return []Fact{now}
}

func (l *logReadiness) state() (now Fact, known bool) {
	switch {
	case l.port.down():
		return Fact{State: Down, Why: l.port.why}, true
	case l.log == logReport{}:
		return Fact{}, false
	case l.cdn && l.log.missing.Code == problem.NoServerLog:
		return Fact{State: Unknown, Why: *problem.New(problem.CDNTellsNothing)}, true
	case l.log.missing.Code != "":
		return Fact{State: Unknown, Why: l.log.missing}, true
	case l.log.mark == markShutdown:
		return Fact{State: Down, Why: *problem.New(problem.ServerShutDown)}, true
	case l.log.mark != markStarted, l.tcp && !l.log.at.After(l.refusedAt):
		return Fact{State: Down, Why: waitsForStarted}, true
	case l.tcp && l.port.kind == portNone:
		return Fact{}, false
	case l.tcp && l.port.kind == portFault:
		return Fact{State: Unknown, Why: l.port.why}, true
	case l.cdn && !l.log.alive:
		return Fact{State: Unknown, Why: *problem.New(problem.CDNTellsNothing)}, true
	case !l.tcp && !l.log.alive:
		return Fact{State: Unknown, Why: *problem.New(problem.ServerLogOld)}, true
	}
	return Fact{State: Up}, true
}
