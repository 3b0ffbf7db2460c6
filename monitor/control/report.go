package control

import (
	"time"

	"altv-tray/monitor"
	"altv-tray/monitor/debugport"
)

// Report is a Snapshot as `status --json` prints it. Times are in RFC 3339, durations in seconds.
type Report struct {
	Status string       `json:"status"` // a status word, UNKNOWN, NOT_RUNNING, NO_ANSWER or NOT_ALTV; empty if not known yet
	Client ClientReport `json:"client"`
	Server ServerReport `json:"server"`

	Settings  string           `json:"settings"` // the path of the settings file
	Profile   string           `json:"profile"`
	Automatic AutomaticReport  `json:"automatic"`
	Reconnect *ReconnectReport `json:"reconnect"`      // null if none is under way
	Last      *LastReport      `json:"last_reconnect"` // null if none has ended since the start
	Tray      bool             `json:"tray"`           // whether the running tray app made the report
	Version   string           `json:"version"`
}

// ClientReport is the part of a Report about the client.
type ClientReport struct {
	Address string    `json:"address"`
	Word    string    `json:"word,omitempty"`   // the word if Status is UNKNOWN
	Detail  string    `json:"detail,omitempty"` // why there is no status
	Since   time.Time `json:"since"`
}

// ServerReport is the part of a Report about the game server.
type ServerReport struct {
	State string    `json:"state"` // unknown, down, starting, ready
	Why   string    `json:"why,omitempty"`
	Since time.Time `json:"since"`
}

// AutomaticReport is the part of a Report about automatic reconnects.
type AutomaticReport struct {
	Enabled     bool       `json:"enabled"`
	Paused      bool       `json:"paused"`
	PausedUntil *time.Time `json:"paused_until"` // null if not paused, or paused until resumed
}

// ReconnectReport is the part of a Report about the reconnect under way.
type ReconnectReport struct {
	ID          uint64     `json:"id"`
	Phase       string     `json:"phase"` // waiting, countdown, sending, accepted, joining, backoff
	Cause       string     `json:"cause"` // by_hand, server_restart, client_start, dropped
	Attempt     int        `json:"attempt"`
	Attempts    int        `json:"attempts"`
	Since       time.Time  `json:"since"`
	ContinuesAt *time.Time `json:"continues_at"` // the end of a countdown or of a pause between attempts
}

// LastReport is the part of a Report about the last reconnect that ended.
type LastReport struct {
	ID      uint64    `json:"id"`
	Cause   string    `json:"cause"`
	Joined  bool      `json:"joined"`
	Reason  string    `json:"reason,omitempty"`
	Seconds float64   `json:"seconds"`
	At      time.Time `json:"at"`
}

// NewReport adds to r what the snapshot contains. The rest must be set already: the client's
// address, Settings, Tray and Version. English puts a problem into words.
func NewReport(r Report, s monitor.Snapshot, english func(error) string) Report {
	now := time.Now()
	wall := func(t monitor.Time) time.Time { return s.WallTime(t, now) }
	r.Status, r.Client.Word, r.Client.Since = s.Client.String(), s.Client.Word, wall(s.Since)
	r.Server = ServerReport{State: s.Server.String(), Since: wall(s.ServerSince)}
	r.Profile = s.Profile
	r.Automatic = AutomaticReport{Enabled: s.Auto, Paused: s.PausedUntil != 0}
	if s.ServerWhy.Code != "" {
		r.Server.Why = english(&s.ServerWhy)
	}
	if why := s.Client.Problem(); why != nil {
		r.Client.Detail = english(why)
	} else if s.Client.Outcome == debugport.Unasked {
		r.Client.Detail = "not asked yet"
	}
	if p := s.PausedUntil; p != 0 && p != monitor.Forever {
		r.Automatic.PausedUntil = new(wall(p))
	}
	if j := s.Reconnect; j.Phase != monitor.NoJob {
		r.Reconnect = &ReconnectReport{
			ID: j.ID, Phase: j.Phase.String(), Cause: cause(j.ByHand, j.Cause),
			Attempt: j.Attempt, Attempts: j.Attempts, Since: wall(j.Since),
		}
		if j.Until != 0 {
			r.Reconnect.ContinuesAt = new(wall(j.Until))
		}
	}
	if l := s.Last; l.Job != 0 {
		r.Last = &LastReport{ID: l.Job, Cause: cause(l.ByHand, l.Cause), Joined: l.Kind == monitor.Joined,
			Reason: l.Reason.String(), Seconds: l.Took.Seconds(), At: wall(l.At)}
	}
	return r
}

// cause returns the cause's name. A reconnect that began by itself and was then asked for by hand
// counts as by hand.
func cause(byHand bool, c monitor.Cause) string {
	if byHand {
		c = monitor.ByHand
	}
	return c.String()
}
