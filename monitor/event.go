package monitor

import (
	"slices"
	"time"

	"altv-tray/monitor/debugport"
	"altv-tray/monitor/problem"
)

// EventKind says what happened.
type EventKind uint8

// What can happen.
const (
	ClientChanged EventKind = iota + 1 // From → To
	ServerChanged                      // Server, Why
	ClientReady                        // the client reached its main menu; Job is the reconnect that now follows, 0 for none; Reason is TurnedOff if none would follow by itself
	Dropped                            // the client fell out of the game by itself while the server was down; Reason is why nothing will bring it back, NoReason if something will
	Asked                              // by hand; Merged: a reconnect was under way, and it joined that
	Triggered                          // Cause began an automatic one; Pause is the wait before its first POST, after a session that did not last
	Sending                            // the POST goes out now; Attempt
	Answered                           // what became of the POST: Answer, Code
	Joined                             // the player is in game after a reconnect; Took
	AttemptFailed                      // Reason; another follows after Pause
	Failed                             // Reason; nothing more follows by itself
	Refused                            // asked for by hand and refused at once: Reason
	Cancelled                          // called off before it was sent: Reason is ByUser or why
	Withheld                           // Cause would have begun an automatic one, but for Reason
	Paused                             // Pause is for how long, 0 until resumed
	Resumed
	SignalMissing // the server's port has been open for SignalPatience, and its game mode has not said that it is ready
	Missed        // Cause came up during the pause that is over; only the user can make up for it
	Slept
	NewPassword  // another password was stored for the profile
	CountingDown // the user's delay runs before the POST of an automatic one; Pause is how long

	EventKinds // one more than the last
)

// Event is one thing that happened, for the log, the notifications and the
// history. Which fields are set depends on its Kind.
type Event struct {
	Kind     EventKind
	At       Time
	Job      uint64 // the reconnect's number; 0 where it is about none
	ByHand   bool
	Cause    Cause
	Merged   bool
	From, To debugport.Reading
	Server   ServerState
	Why      problem.Problem
	Attempt  int
	Attempts int
	Rejoin   bool // it goes on after a session that did not last
	Answer   debugport.Answer
	Code     int // HTTP's
	Reason   Reason
	Pause    time.Duration
	Took     time.Duration
}

// Cause is what made an automatic reconnect begin.
type Cause uint8

// The causes; ByHand is the zero value.
const (
	ByHand        Cause = iota
	ServerRestart       // the server became ready after having been down
	Launch              // the client was started
	DroppedOut          // the client fell out of the game
)

// String returns the cause's name for the log and for JSON.
func (c Cause) String() string {
	return [...]string{"by_hand", "server_restart", "client_start", "dropped"}[c]
}

// Reason says why a reconnect was refused, failed or was called off.
type Reason uint8

// The reasons. The zero value means that there is none.
const (
	NoReason        Reason = iota
	ClientAbsent           // nothing listens on the debug port
	ClientForeign          // another program answers there
	ClientQuit             // the client went away in the middle
	ClientTaken            // another program took the port in the middle
	ClientSilent           // the client answered nothing for join_timeout
	ClientBusy             // the client stayed busy, in one state, for join_timeout
	PasswordMissing        // the server's settings have one, the keyring holds none for the profile
	KeyringLocked          // the keyring is locked or gave no answer
	KeyringMissing         // there is no keyring
	PasswordNotText        // what the keyring holds cannot be a password
	ClientSaidNo           // the client answered the POST with an error
	NoReaction             // accepted, but the client did not leave its state
	FellBack               // it began to join and came back to the main menu
	ClientError            // the client shows an error
	JoinTimeout            // it was not in game in time
	WrongPassword          // two joins in a row fell back with the server up
	ServerWentDown         // the server went down in the middle
	ByUser                 // the user called it off
	SettingsChanged        // another profile, client address or server was chosen
	TurnedOff              // automatic reconnects were turned off or paused
	OtherServer            // the client would go to a server on another computer
	PasswordWanted         // two joins in a row without a password fell back with the server up
	ThrownOut              // after each join the client was out of the game again within LastingSession
)

var reasons = [...]string{
	"", "not_running", "not_altv", "client_quit", "port_taken", "client_silent", "client_busy",
	"password_missing", "keyring_locked", "keyring_missing", "password_not_text", "client_refused",
	"no_reaction", "fell_back", "client_error", "join_timeout", "wrong_password", "server_down", "cancelled",
	"settings_changed", "turned_off", "other_server", "password_wanted", "thrown_out",
}

// String names the reason for the log and for JSON; empty for NoReason.
func (r Reason) String() string { return reasons[r] }

// ParseReason finds the reason of that name; NoReason where there is none.
func ParseReason(name string) Reason {
	return Reason(max(0, slices.Index(reasons[:], name)))
}

// Keyring reports whether the keyring is why there was no password.
func (r Reason) Keyring() bool {
	return r == PasswordMissing || r == KeyringLocked || r == KeyringMissing || r == PasswordNotText
}
