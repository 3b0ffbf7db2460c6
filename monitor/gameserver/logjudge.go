package gameserver

import (
	"time"

	"altv-tray/monitor/problem"
)

var waitsForStarted = *problem.New(problem.WaitsForStarted)

// logJudge is for the source "log": the server is ready when "Server started" is in the log
// of the run that is alive.
//
// A kill leaves no line, but the TCP port shows it: the server opens it before it writes
// "Server started". So a refused dial after that line, or one that finds nothing behind a
// relay, proves that the run is over. Without a port (a CDN, no address):
//
//   - a kill is noticed only when the next run begins its log, and is then reported as
//     Down, Up;
//   - a "Server started" found at the first look may be years old, so it counts only once
//     the log grows; until then: Unknown.
type logJudge struct {
	tcp bool
	cdn bool // why tcp is false

	log     logSeen
	looked  bool
	portNow portSeen
	refused time.Time // when the last dial that proved no server began
}

func (j *logJudge) see(seen any) []Fact {
	anew := false
	switch seen := seen.(type) {
	case portSeen:
		if seen.kind == portClosed {
			return nil
		}
		j.portNow = seen
		if seen.proven() {
			j.refused = seen.at
		}
	case logSeen:
		anew = j.log.run > 0 && seen.run != j.log.run
		j.log, j.looked = seen, true
	default:
		return nil
	}
	now, known := j.judge()
	switch {
	case !known:
		return nil
	case anew && now.State != Down:
		return []Fact{{State: Down, Why: waitsForStarted}, now}
	}
	return []Fact{now}
}

func (j *logJudge) judge() (now Fact, known bool) {
	started := j.log.mark == markStarted
	switch {
	case j.portNow.down():
		return Fact{State: Down, Why: j.portNow.why}, true
	case !j.looked:
		return Fact{}, false
	case j.cdn && j.log.missing.Code == problem.NoServerLog:
		return Fact{State: Unknown, Why: *problem.New(problem.CDNTellsNothing)}, true
	case j.log.missing.Code != "":
		return Fact{State: Unknown, Why: j.log.missing}, true
	case j.log.mark == markShutdown:
		return Fact{State: Down, Why: *problem.New(problem.ServerShutDown)}, true
	case !started, j.tcp && !j.log.at.After(j.refused):
		return Fact{State: Down, Why: waitsForStarted}, true
	case j.tcp && j.portNow.kind == portNone:
		return Fact{}, false
	case j.tcp && j.portNow.kind == portFault:
		return Fact{State: Unknown, Why: j.portNow.why}, true
	case j.cdn && !j.log.alive:
		return Fact{State: Unknown, Why: *problem.New(problem.CDNTellsNothing)}, true
	case !j.tcp && !j.log.alive:
		return Fact{State: Unknown, Why: *problem.New(problem.ServerLogOld)}, true
	}
	return Fact{State: Up}, true
}
