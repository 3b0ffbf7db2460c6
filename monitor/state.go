package monitor

import (
	"time"

	"altv-tray/monitor/debugport"
	"altv-tray/monitor/problem"
)

// ServerState is the state of the profile's game server.
type ServerState uint8

// The states of the server.
const (
	ServerUnknown  ServerState = iota
	ServerDown                 // it does not run
	ServerStarting             // it has been up for less than ready_delay
	ServerReady                // it has been up for ready_delay
)

// String returns the state's name in the log and in JSON.
func (s ServerState) String() string {
	return [...]string{"unknown", "down", "starting", "ready"}[s]
}

// Phase is how far a reconnect has come.
type Phase uint8

// The phases, in their order.
const (
	NoJob     Phase = iota // no reconnect is under way
	Waiting                // for the client to be ready, or for the password
	Countdown              // the user's delay runs before an automatic reconnect
	Posting                // the POST is in flight
	Leaving                // the POST was accepted, and the client has not left its state yet
	Joining                // the client is on its way into the game
	Backoff                // an attempt has failed, and the next one follows
)

// String returns the phase's name in JSON.
func (p Phase) String() string {
	return [...]string{"none", "waiting", "countdown", "sending", "accepted", "joining", "backoff"}[p]
}

// Cancellable reports whether a reconnect in this phase can be cancelled.
func (p Phase) Cancellable() bool { return p == Waiting || p == Countdown || p == Backoff }

// posted reports whether a POST has been sent whose outcome is not known yet.
func (p Phase) posted() bool { return p == Posting || p == Leaving || p == Joining }

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

// job is the reconnect that is under way. Its Attempt counts only its own POSTs, and Attempts is
// not set.
type job struct {
	Reconnect
	earlierAttempts int  // of the reconnects before it, whose sessions did not last
	retry           bool // the next POST follows a failed one, and the user has not asked for it since
	retargeted      bool // another profile or server was chosen after the POST
	postedAt        Time

	clientSeen    bool // the client has answered since the job began
	delayOver     bool // the countdown is over
	passwordAsked bool // ReadPassword was output
	hasPassword   bool // the password was read
	passwordEmpty bool // so the body of the POST is empty

	// What the client did after the POST.
	from           debugport.Status // its state at the POST
	connected      bool             // it was CONNECTING or DOWNLOADING_FILES
	left           bool             // it has left the state it was in
	menuSince      Time             // when it came to the main menu without having connected; 0 if it is not there
	serverWentDown bool             // the server went down
}

// automatic reports whether the next POST is not one that the user asked for.
func (j *job) automatic() bool { return !j.ByHand || j.retry }

// attemptNumber counts the attempt among all that Config.Attempts limits.
func (j *job) attemptNumber() int { return j.earlierAttempts + j.Attempt }

// noCause means that no automatic reconnect is pending or was missed. ByHand can stand for
// that, as a reconnect by hand begins at once.
const noCause = ByHand

// State is all that the machine knows. It begins with a Config and nothing else. Of the Snapshot
// it does not set Start, Profile, Auto and Reconnect.
type State struct {
	Snapshot
	cfg Config

	lastStatus debugport.Status // the last known status of the running client; NoStatus if there is none
	notRunning bool             // nothing listened, and no known status has been read since

	dropAnnounced bool // the last drop was reported, and the client has not joined or quit since

	// Of a session that began with a reconnect. sessionAttempts is 0 if there is no such session.
	sessionAttempts int
	joinedAt        Time

	wentDown       bool // the server has been down since it was last ready
	rejoined       bool // the client has got back onto it since it went down
	signalDue      Time // when a missing signal is reported; 0 means never
	signalReported bool // it was reported for this run of the server

	waking bool // after a sleep, until client and server are known: nothing is announced or sent

	pending   Cause // of the automatic reconnect that is to begin, or noCause
	missed    Cause // of the automatic reconnect that did not begin because of a pause, or noCause
	job       job
	lastID    uint64
	fallbacks int // joins in a row that fell back with the server up
}

// snapshot completes the Snapshot for a monitor that began at start.
func (s *State) snapshot(start time.Time) Snapshot {
	n := s.Snapshot
	n.Start, n.Profile, n.Auto = start, s.cfg.Profile, s.cfg.Auto
	if s.job.Phase != NoJob {
		n.Reconnect = s.job.Reconnect
		n.Reconnect.Attempt, n.Reconnect.Attempts = s.job.attemptNumber(), max(1, s.cfg.Attempts)
	}
	return n
}

// readyAt is when a starting server becomes ready.
func (s *State) readyAt() Time { return s.ServerSince + s.cfg.ReadyDelay }

// Output is what the loop is to do after a Step.
type Output struct {
	Poll    time.Duration // the time from one poll to the next
	PollNow bool          // request the status at once
	Wake    Time          // when to step with a Tick at the latest, or Forever

	ReadPassword bool   // read the password for Job and step with PasswordRead
	Send         bool   // send the POST for Job and step with Sent
	Forget       bool   // forget the password that was read
	Job          uint64 // which reconnect ReadPassword or Send is for

	Urgent bool // a reconnect could follow the server's start, so watch the server closely
	Events []Event
}

// event adds an event.
func (o *Output) event(e Event) { o.Events = append(o.Events, e) }
