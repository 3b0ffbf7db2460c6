// Package history keeps what has happened: sessions in game, restarts of the
// server and reconnects, and the states of client and server, each with how long
// it took. A Recorder turns the monitor's events into entries; they lie in one file
// that never grows beyond a bound.
package history

import (
	"encoding/json"
	"errors"
	"math"
	"time"
)

// Kind says what an Entry is about.
type Kind string

// The kinds of entries.
const (
	Session   Kind = "session"   // from getting into the game to leaving it
	Restart   Kind = "restart"   // from the server's going down to its being ready
	Reconnect Kind = "reconnect" // from its begin to its end
	Client    Kind = "client"    // a state of the client
	Server    Kind = "server"    // a state of the game server
)

// IsState reports whether a Kind is a state of client or server, for drawing.
func (k Kind) IsState() bool { return k == Client || k == Server }

// Reconnected is a Session's Reason if a reconnect took the player out of the game.
const Reconnected = "reconnected"

// Entry is one thing that is over.
type Entry struct {
	At   time.Time `json:"at"` // when it ended
	Kind Kind      `json:"kind"`
	// Duration is never negative. Time before a sleep of the computer does not count.
	Duration time.Duration `json:"-"`
	Profile  string        `json:"profile"` // the one in use when it began

	// State is a Client's or a Server's, as debugport and monitor name them.
	State string `json:"state,omitempty"`
	// Why is a State's reason: a problem.Code, an UNKNOWN client's word, or empty.
	Why string `json:"why,omitempty"`

	// Cause is what began a Reconnect, as monitor.Cause names it.
	Cause string `json:"cause,omitempty"`
	// Joined: the Reconnect got the player into the game.
	Joined bool `json:"-"`
	// Reason, as monitor.Reason names it, is why a Reconnect failed or what ended a
	// Session, which may also be Reconnected. Empty: it is not known.
	Reason string `json:"reason,omitempty"`
	// Attempts is how many requests a Reconnect sent.
	Attempts int `json:"-"`
}

type plain Entry // without the methods

// line is an Entry in JSON.
type line struct {
	plain
	Seconds  float64 `json:"seconds"`
	Joined   *bool   `json:"joined,omitempty"` // of reconnects alone
	Attempts *int    `json:"attempts,omitempty"`
}

// MarshalJSON writes UTC and seconds, to the millisecond; joined and attempts of reconnects.
func (e Entry) MarshalJSON() ([]byte, error) {
	e.At = e.At.UTC().Truncate(time.Millisecond)
	l := line{plain: plain(e), Seconds: e.Duration.Round(time.Millisecond).Seconds()}
	if e.Kind == Reconnect {
		l.Joined, l.Attempts = &e.Joined, &e.Attempts
	}
	return json.Marshal(l)
}

var errNoEntry = errors.New("not an entry of the history")

// UnmarshalJSON reads what MarshalJSON writes, and refuses what no Entry can be.
func (e *Entry) UnmarshalJSON(data []byte) error {
	var l line
	l.Joined, l.Attempts = &l.plain.Joined, &l.plain.Attempts
	if err := json.Unmarshal(data, &l); err != nil {
		return err
	}
	known := l.Kind == Session || l.Kind == Restart || l.Kind == Reconnect || l.Kind.IsState()
	if !known || l.At.IsZero() || l.Seconds < 0 || l.Seconds > time.Duration(math.MaxInt64/2).Seconds() {
		return errNoEntry
	}
	*e = Entry(l.plain)
	e.Duration = time.Duration(math.Round(l.Seconds*1000)) * time.Millisecond
	return nil
}
