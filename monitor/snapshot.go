package monitor

import (
	"time"

	"altv-tray/monitor/debugport"
	"altv-tray/monitor/problem"
)

// Snapshot is what is known at one moment. It is comparable. Times count from Start.
type Snapshot struct {
	Start time.Time // when the monitor began, with its monotonic reading

	Client debugport.Reading
	Since  Time // when Client became what it is

	Profile     string
	Server      ServerState
	ServerWhy   problem.Problem // the reason for Server; may be the zero value
	ServerSince Time            // when Server became what it is

	Auto        bool
	PausedUntil Time // 0 if not paused, Forever if paused until resumed

	Reconnect Reconnect
	Last      Event // the end of the last reconnect: Joined, Failed, Refused or Cancelled; at first the zero value
}

// Reconnect is the reconnect under way. The zero value means that there is none.
type Reconnect struct {
	ID       uint64
	Phase    Phase
	ByHand   bool
	Cause    Cause
	Attempt  int  // the number of the POST, from 1
	Attempts int  // at most
	Since    Time // when the reconnect began
	Until    Time // when a Countdown or Backoff is over; 0 in other phases
}

// WallTime returns the wall time of t, counted back from now, as the wall clock may have been set.
func (s Snapshot) WallTime(t Time, now time.Time) time.Time {
	return now.Add(t - s.TimeAt(now)).Round(0)
}

// TimeAt returns the monitor's time at t.
func (s Snapshot) TimeAt(t time.Time) Time { return t.Sub(s.Start) }

func (s *State) snapshot(start time.Time) Snapshot {
	n := s.Snapshot
	n.Start, n.Profile, n.Auto = start, s.cfg.Profile, s.cfg.Auto
	if s.job.Phase != NoJob {
		n.Reconnect = s.job.Reconnect
		n.Reconnect.Attempt, n.Reconnect.Attempts = s.job.attemptNumber(), max(1, s.cfg.Attempts)
	}
	return n
}
