// Package monitor watches an alt:V client and its game server and decides when to send the
// client back onto the server.
//
// The pure function Step (machine.go) decides, with the rules in rules.go and join.go. The loop
// owns the State, the clock, the polls and the server's watcher. It publishes Snapshots and
// Events.
package monitor

import "time"

// Config is what the user chose. With the zero value only reconnects by hand are possible.
type Config struct {
	Profile     string        // the profile's name; it is compared to notice another server
	Server      string        // the game server's address and folder; compared likewise
	Ready       string        // the source of the server's readiness; compared likewise
	Client      string        // the debug port's address, as "127.0.0.1:9223"
	Auto        bool          // automatic reconnects
	OnLaunch    bool          // also when the client has just been started
	OnDrop      bool          // also when the client dropped out of the game with the server up
	Delay       time.Duration // the countdown before an automatic reconnect is sent
	Attempts    int           // POSTs per reconnect at most; less than 1 means 1
	JoinTimeout time.Duration // from the POST to IN_GAME at most
	ReadyDelay  time.Duration // how long the server must have been up to be ready

	// Elsewhere means that the client would go to a server on another computer than the
	// profile's, as a reconnect takes no address. Then nothing is sent automatically, as the
	// password would go there too.
	Elsewhere bool
}

// Fixed times.
const (
	// Fresh is how old a status may be when the POST is sent.
	Fresh = 200 * time.Millisecond
	// PollIdle, PollPending and PollAbsent are the times from one poll to the next.
	PollIdle    = time.Second
	PollPending = 50 * time.Millisecond
	PollAbsent  = 2 * time.Second
	// LeaveTimeout is how long a client may stay in its state after it accepted a POST.
	LeaveTimeout = 5 * time.Second
	// SignalTimeout is how long the server's port may be open without `altv-tray ready`, if
	// that makes the server ready.
	SignalTimeout = time.Minute
	// LastingSession is how long a session must last for its join not to count as a
	// failed attempt.
	LastingSession = 30 * time.Second
)
