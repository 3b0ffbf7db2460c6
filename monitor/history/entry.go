// Package history keeps what has happened: sessions in game, restarts of the
// server and reconnects, and the states that client and server were in, each
// with how long it took. The monitor's events go
// through a Recorder into a Store, whose one file never grows beyond a bound.
package history

import (
	"encoding/json"
	"errors"
	"io"
	"math"
	"time"
)

// Kind says what an Entry tells of.
type Kind string

// The kinds of entries.
const (
	Session   Kind = "session"   // from getting into the game to leaving it
	Restart   Kind = "restart"   // from the server's going down to its being ready
	Reconnect Kind = "reconnect" // from its being asked for, or beginning by itself, to its end
	Client    Kind = "client"    // a state of the client
	Server    Kind = "server"    // a state of the game server
)

// State tells whether a Kind is a state of client or server. Those are many, and
// for drawing; the others are what a user is told of.
func (k Kind) State() bool { return k == Client || k == Server }

// Reconnected is a Session's Reason where a reconnect took the player out of the
// game, to bring him back.
const Reconnected = "reconnected"

// Entry is one thing that is over.
type Entry struct {
	At       time.Time // when it ended
	Kind     Kind
	Duration time.Duration // never negative; what was seen of it, without what came before a sleep
	Profile  string        // the one in use when it began

	// State is that of a Client, as debugport.Reading names it, or of a Server, as
	// monitor.ServerState does. Empty for the other kinds.
	State string
	// Why is the reason for a State as it was at its begin: a problem.Code, or the
	// word of an UNKNOWN client. Empty: there is none to tell.
	Why string

	// Cause is what began a Reconnect, as monitor.Cause names it. Empty for the
	// other kinds.
	Cause string
	// Joined tells that a Reconnect got the player into the game.
	Joined bool
	// Reason, as monitor.Reason names it, is why a Reconnect failed or what
	// ended a Session; of a Session it may be Reconnected as well. Empty: there is none to tell; a Session ended with a word
	// of the client's that says nothing of why.
	Reason string
	// Attempts is how many requests a Reconnect sent; 0 where it failed before
	// the first. 0 for the other kinds.
	Attempts int
}

// line is an Entry in JSON, in the file and for people's scripts.
type line struct {
	At       time.Time `json:"at"`
	Kind     Kind      `json:"kind"`
	State    string    `json:"state,omitempty"`
	Seconds  float64   `json:"seconds"`
	Profile  string    `json:"profile"`
	Cause    string    `json:"cause,omitempty"`
	Joined   *bool     `json:"joined,omitempty"` // of reconnects alone
	Reason   string    `json:"reason,omitempty"`
	Why      string    `json:"why,omitempty"`
	Attempts *int      `json:"attempts,omitempty"` // of reconnects alone
}

// MarshalJSON writes the time in UTC and the duration in seconds, both to the
// millisecond. joined and attempts stand with reconnects alone.
func (e Entry) MarshalJSON() ([]byte, error) {
	l := line{
		At: e.At.UTC().Truncate(time.Millisecond), Kind: e.Kind, Seconds: e.Duration.Round(time.Millisecond).Seconds(),
		Profile: e.Profile, State: e.State, Why: e.Why, Cause: e.Cause, Reason: e.Reason,
	}
	if e.Kind == Reconnect {
		l.Joined, l.Attempts = &e.Joined, &e.Attempts
	}
	return json.Marshal(l)
}

var errNoEntry = errors.New("not an entry of the history")

// UnmarshalJSON reads what MarshalJSON writes. It refuses what no Entry can be:
// another kind, no time, a duration that is negative or centuries long.
func (e *Entry) UnmarshalJSON(data []byte) error {
	var l line
	if err := json.Unmarshal(data, &l); err != nil {
		return err
	}
	known := l.Kind == Session || l.Kind == Restart || l.Kind == Reconnect || l.Kind.State()
	// What could not be written and read again is none, as another zone's year 0.
	year := l.At.UTC().Year()
	if !known || l.At.Truncate(time.Millisecond).IsZero() || year < 0 || year > 9999 || l.Seconds < 0 || l.Seconds > time.Duration(math.MaxInt64/2).Seconds() {
		return errNoEntry
	}
	*e = Entry{
		At: l.At, Kind: l.Kind, Duration: time.Duration(math.Round(l.Seconds*1000)) * time.Millisecond,
		Profile: l.Profile, State: l.State, Why: l.Why, Cause: l.Cause, Reason: l.Reason,
	}
	if l.Joined != nil {
		e.Joined = *l.Joined
	}
	if l.Attempts != nil {
		e.Attempts = max(0, *l.Attempts)
	}
	return nil
}

// JSON writes the entries as one array, as indented as the other commands'
// JSON; [] where there are none.
func JSON(w io.Writer, entries []Entry) error {
	if entries == nil {
		entries = []Entry{}
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	return enc.Encode(entries)
}
