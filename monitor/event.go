package monitor

import (
	"slices"
	"time"

	"altv-tray/monitor/debugport"
	"altv-tray/monitor/problem"
)

// EventKind is what happened.
type EventKind uint8

// What can happen, with the fields of Event that are set beside At.
const (
	ClientChanged EventKind = iota + 1 // the client's reading: From, To
	ServerChanged                      // the server's state or its reason: Server, Why
	ClientReady                        // the client has reached its main menu; Job is the reconnect that now follows, if any; Reason is TurnedOff if none would follow by itself
	Dropped                            // the client has left the game by itself while the server was down: Server; Reason is why nothing will bring it back, or NoReason if something will
	Asked                              // a reconnect by hand; Merged
	Triggered                          // an automatic reconnect: Cause; Pause is the wait before its first POST, after a session that did not last
	Sending                            // a POST is about to be sent: Attempt
	Answered                           // the result of the POST: Answer, Code
	Joined                             // the player is in game after a reconnect: Took
	AttemptFailed                      // Reason; another attempt follows after Pause
	Failed                             // the reconnect: Reason; nothing more follows by itself
	Refused                            // a reconnect by hand, at once: Reason
	Cancelled                          // the reconnect, by the user or because it became pointless: Reason
	Withheld                           // an automatic reconnect that Cause would have begun: Reason
	Paused                             // automatic reconnects, for Pause; 0 means until resumed
	Resumed                            // the pause is over
	SignalMissing                      // the server's port has been open for SignalTimeout without the signal of the game mode: Server
	Missed                             // an automatic reconnect that Cause would have begun during the pause that is over; only the user can begin one now
	Slept                              // the computer slept
	NewPassword                        // another password was stored for the profile
	CountingDown                       // the user's delay runs before the POST of an automatic reconnect: Pause

	EventKinds // one more than the last
)

// Event is one thing that happened, for the log, the notifications and the history. Its Kind
// determines which fields are set. Events of a reconnect also have Job, ByHand, Cause, Attempt,
// Attempts, Rejoin, Server and To.
type Event struct {
	Kind     EventKind
	At       Time
	Job      uint64 // the number of the reconnect, or 0
	ByHand   bool
	Cause    Cause
	Merged   bool // a reconnect was under way already, and the request was merged with it
	From, To debugport.Reading
	Server   ServerState
	Why      problem.Problem
	Attempt  int  // the number of the POST, from 1
	Attempts int  // at most
	Rejoin   bool // the reconnect follows a session that did not last
	Answer   debugport.Answer
	Code     int // the HTTP status code
	Reason   Reason
	Pause    time.Duration
	Took     time.Duration
}

// Cause is what began a reconnect.
type Cause uint8

// The causes. ByHand is the zero value.
const (
	ByHand        Cause = iota
	ServerRestart       // the server became ready after it had been down
	Launch              // the client was started
	DroppedOut          // the client dropped out of the game
)

// String returns the cause's name in the log and in JSON.
func (c Cause) String() string {
	return [...]string{"by_hand", "server_restart", "client_start", "dropped"}[c]
}

// Reason is why a reconnect failed, was refused or was cancelled.
type Reason uint8

// The reasons. The zero value means none.
const (
	NoReason        Reason = iota
	ClientAbsent           // nothing listened on the debug port
	ClientForeign          // another program answered there
	ClientQuit             // the client was closed before it had joined
	ClientTaken            // another program took the port before the client had joined
	ClientSilent           // the client did not answer for join_timeout
	ClientBusy             // the client stayed in a state that is not ready for too long
	PasswordMissing        // the server's settings have a password, but the keyring has none for the profile
	KeyringLocked          // the keyring is locked or did not answer
	KeyringMissing         // there is no keyring
	PasswordNotText        // what the keyring has cannot be a password
	ClientSaidNo           // the client answered the POST with an error
	NoReaction             // the client accepted the POST but did not leave its state
	FellBack               // the client began to join and came back to the main menu
	ClientError            // the client's state became ERROR
	JoinTimeout            // the client was not in game within join_timeout
	WrongPassword          // two joins in a row fell back with the server up
	ServerWentDown         // the server went down before the client had joined
	ByUser                 // the user cancelled it
	SettingsChanged        // another profile, client address or server was chosen
	TurnedOff              // automatic reconnects were turned off or paused
	OtherServer            // see Config.Elsewhere
	PasswordWanted         // two joins in a row without a password fell back with the server up
	ThrownOut              // after each join the client was out of the game again within LastingSession
)

var reasons = [...]string{
	"", "not_running", "not_altv", "client_quit", "port_taken", "client_silent", "client_busy",
	"password_missing", "keyring_locked", "keyring_missing", "password_not_text", "client_refused",
	"no_reaction", "fell_back", "client_error", "join_timeout", "wrong_password", "server_down", "cancelled",
	"settings_changed", "turned_off", "other_server", "password_wanted", "thrown_out",
}

// String returns the reason's name in the log and in JSON. It is empty for NoReason.
func (r Reason) String() string { return reasons[r] }

// ParseReason returns the reason with that name, or NoReason.
func ParseReason(name string) Reason {
	return Reason(max(0, slices.Index(reasons[:], name)))
}

// Keyring reports whether the password could not be had from the keyring.
func (r Reason) Keyring() bool {
	return r == PasswordMissing || r == KeyringLocked || r == KeyringMissing || r == PasswordNotText
}
