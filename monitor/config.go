// Package monitor knows what an alt:V client and its game server are doing and decides when
// the client is sent back onto the server.
//
// The decision is the pure function Step (machine.go), with the rules in rules.go and
// join.go. The loop owns its State, the clock, the polls and the server's watch, and
// publishes Snapshots and Events.
package monitor

import "time"

// Config is what the user chose. The zero value reconnects by hand only.
type Config struct {
	Profile     string        // the profile's name: another one means another server
	Server      string        // the game server's address and folder, for telling a change of it
	Ready       string        // what makes it ready, for telling a change of it
	Client      string        // the debug port's address, as "127.0.0.1:9223"
	Auto        bool          // reconnect without being asked
	OnLaunch    bool          // also when the client has just been started
	OnDrop      bool          // also when the client fell out of the game with the server up
	Delay       time.Duration // countdown before an automatic reconnect is sent
	Attempts    int           // POSTs at most for one trigger; under 1 counts as 1
	JoinTimeout time.Duration // from the POST to IN_GAME at most
	ReadyDelay  time.Duration // for how long the server must have stayed up

	// Elsewhere: the client would go to a server on another computer than the
	// profile's, as a reconnect takes no address. Then nothing is sent automatically:
	// the password would go there too.
	Elsewhere bool
}

// Fixed times. They are facts of the contract or of alt:V, not the user's choice.
const (
	// Fresh is how old a status may be for a reconnect to be sent on it.
	Fresh = 200 * time.Millisecond
	// PollIdle, PollPending and PollAbsent are the times from one poll to the next.
	PollIdle    = time.Second
	PollPending = 50 * time.Millisecond
	PollAbsent  = 2 * time.Second
	// LeaveTimeout is how long a client may stay in its state after it accepted a reconnect.
	LeaveTimeout = 5 * time.Second
	// SignalPatience is for how long the server's port may be open without
	// `altv-tray ready`, where that is what makes it ready.
	SignalPatience = time.Minute
	// LastingSession is how long a session must last for its join not to count as
	// a failed attempt.
	LastingSession = 30 * time.Second
)
