// Package history keeps what has happened: sessions in game, restarts of the server, reconnects,
// and the states of client and server, each with its duration. A Recorder turns the monitor's
// events into entries. They are in one file of limited size.
package history

import (
	"encoding/json"
	"errors"
	"math"
	"time"
)

// Kind is what an Entry is about.
type Kind string

// The kinds of entries.
const (
	Session   Kind = "session"   // from entering the game to leaving it
	Restart   Kind = "restart"   // from the server's going down to its being ready
	Reconnect Kind = "reconnect" // from its beginning to its end
	Client    Kind = "client"    // a state of the client
	Server    Kind = "server"    // a state of the game server
)

// IsState reports whether k is a state of client or server.
func (k Kind) IsState() bool { return k == Client || k == Server }

// Reconnected is a Session's Reason if a reconnect took the player out of the game.
const Reconnected = "reconnected"

// Entry is something that is over.
type Entry struct {
	At   time.Time `json:"at"` // when it ended
	Kind Kind      `json:"kind"`
	// Duration is never negative. Time before a sleep of the computer does not count.
	Duration time.Duration `json:"-"`
	Profile  string        `json:"profile"` // the profile in use when it began

	// Of a Client or Server: the state by its name in debugport or monitor, and the reason for
	// it, which is a problem.Code, the word of an UNKNOWN client, or empty.
	State string `json:"state,omitempty"`
	Why   string `json:"why,omitempty"`

	Cause    string `json:"cause,omitempty"` // of a Reconnect: monitor.Cause's name
	Joined   bool   `json:"-"`               // whether a Reconnect got the player into the game
	Attempts int    `json:"-"`               // how many POSTs a Reconnect sent

	// Reason is why a Reconnect failed or a Session ended: monitor.Reason's name, or Reconnected,
	// or empty if it is not known.
	Reason string `json:"reason,omitempty"`
}

type plain Entry // without the methods

// line is an Entry in JSON.
type line struct {
	plain
	Seconds  float64 `json:"seconds"`
	Joined   *bool   `json:"joined,omitempty"` // nil unless Kind is Reconnect
	Attempts *int    `json:"attempts,omitempty"`
}

// MarshalJSON writes the time in UTC and the duration in seconds, both to the millisecond. Joined
// and Attempts are written for a Reconnect alone.
func (e Entry) MarshalJSON() ([]byte, error) {
	e.At = e.At.UTC().Truncate(time.Millisecond)
	l := line{plain: plain(e), Seconds: e.Duration.Round(time.Millisecond).Seconds()}
	if e.Kind == Reconnect {
		l.Joined, l.Attempts = &e.Joined, &e.Attempts
	}
	return json.Marshal(l)
}

// UnmarshalJSON reads what MarshalJSON writes, and refuses everything that cannot be an Entry.
func (e *Entry) UnmarshalJSON(data []byte) error {
	var l line
	l.Joined, l.Attempts = &l.plain.Joined, &l.plain.Attempts
	if err := json.Unmarshal(data, &l); err != nil {
		return err
	}
	known := l.Kind == Session || l.Kind == Restart || l.Kind == Reconnect || l.Kind.IsState()
	if !known || l.At.IsZero() || l.Seconds < 0 || l.Seconds > time.Duration(math.MaxInt64/2).Seconds() {
		return errors.New("not an entry of the history")
	}
	*e = Entry(l.plain)
	e.Duration = time.Duration(math.Round(l.Seconds*1000)) * time.Millisecond
	return nil
}
