package monitor

import (
	"time"

	"altv-tray/monitor/debugport"
	"altv-tray/monitor/problem"
)

// ServerState is what is known of the game server. Each profile has one server.
type ServerState uint8

// The server is ready once it has been up for ready_delay.
const (
	ServerUnknown  ServerState = iota
	ServerDown                 // it does not run
	ServerStarting             // it is up, but has not yet been so for ready_delay
	ServerReady
)

// String names the state for the log and for JSON.
func (s ServerState) String() string {
	return [...]string{"unknown", "down", "starting", "ready"}[s]
}

// Phase is how far a reconnect has come.
type Phase uint8

// The phases, in their order.
const (
	NoJob     Phase = iota
	Waiting         // for the client to be ready, or for the password
	Countdown       // both are ready: the user's delay runs
	Posting         // the POST is on its way
	Leaving         // accepted: the client has yet to leave its state
	Joining         // the client is on its way into the game
	Backoff         // an attempt has failed, the next one follows
)

// String names the phase for JSON.
func (p Phase) String() string {
	return [...]string{"none", "waiting", "countdown", "sending", "accepted", "joining", "backoff"}[p]
}

// Cancellable reports whether a reconnect in this phase can still be called off.
func (p Phase) Cancellable() bool { return p == Waiting || p == Countdown || p == Backoff }

// automatic reports whether nobody asked for the POST that comes next.
func (j *job) automatic() bool { return !j.byHand || j.retry }

// attemptNumber is that of the POST that is out or comes next, among all that count
// against Config.Attempts.
func (j *job) attemptNumber() int { return j.earlierAttempts + j.attempt }

// posted reports whether a POST is out and its outcome not known.
func (p Phase) posted() bool { return p == Posting || p == Leaving || p == Joining }

// job is the one reconnect that is under way.
type job struct {
	id              uint64
	phase           Phase
	byHand          bool
	cause           Cause
	earlierAttempts int  // attempts of the reconnects before it, whose sessions did not last
	attempt         int  // the POST that is out or comes next, from 1
	retry           bool // that POST follows a failed one, and nobody has asked for it since
	retargeted      bool // another profile or server was chosen after the POST
	since           Time // when the job began
	until           Time // Countdown, Backoff: when it is over
	postedAt        Time // when the POST left

	clientSeen    bool // the client was seen to be there after the ask
	delayOver     bool // the countdown is over
	passwordAsked bool // the password has been asked for
	hasPassword   bool // and is at hand
	passwordEmpty bool // it is the empty one: the body of the POST is empty

	from           debugport.Status // the client's state at the POST
	connected      bool             // CONNECTING or DOWNLOADING_FILES was seen after it
	left           bool             // it has left that state
	menuSince      Time             // since when it is back in the main menu without connected; 0 not
	serverWentDown bool             // the server went down after the POST
}

// noCause says that no reconnect is wished for. ByHand can serve, as a reconnect by hand
// begins at once.
const noCause = ByHand

// State is all that the machine knows, a plain value. At first it has a Config and no more.
type State struct {
	cfg Config

	reading      debugport.Reading
	readingSince Time             // when reading became what it is
	lastStatus   debugport.Status // last known status of the client that runs; NoStatus none
	notRunning   bool             // the newest answer that counts was: nothing listens

	dropAnnounced bool // the drop out of the game was announced

	// Of the session that began with a reconnect: how many attempts it took, 0 if there is
	// no such session, and when the client joined.
	sessionAttempts int
	joinedAt        Time

	server         ServerState
	serverWhy      problem.Problem
	serverSince    Time
	wentDown       bool // it has been down since it was last ready
	rejoined       bool // and the client has got back onto it meanwhile
	signalDue      Time // when the missing signal is reported; 0 never
	signalReported bool // it was reported for this run of the server

	waking  bool  // woke up: nothing is announced or sent until both sides are known
	pending Cause // of the automatic reconnect that is to begin; or noWish

	pausedUntil Time  // until then; 0 not paused
	missed      Cause // of the one that did not begin because of the pause; or noWish
	job         job
	lastID      uint64
	fallbacks   int   // joins in a row that fell back with the server up
	result      Event // how the last reconnect ended
}

// seen reports whether something has been read since the start or the last sleep.
func (s *State) seen() bool { return s.reading.Outcome != debugport.Unasked }

// readyAt is when a server that is starting becomes ready.
func (s *State) readyAt() Time { return s.serverSince + s.cfg.ReadyDelay }

// Output is what a Step asks of the edge. Times are absolute.
type Output struct {
	Poll    time.Duration // time from one poll to the next
	PollNow bool          // ask for the status at once
	Wake    Time          // when to Step with a Tick if nothing else comes; Forever never

	ReadPassword bool // read the password for Job and answer with SecretRead
	Send         bool // send the reconnect for Job and answer with Sent
	Forget       bool // drop the password that was read
	Job          uint64

	Urgent bool // a reconnect could follow the server's start: look often
	Events []Event
}

// event adds an event.
func (o *Output) event(e Event) { o.Events = append(o.Events, e) }
