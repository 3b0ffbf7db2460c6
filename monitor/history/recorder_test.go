package history

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"altv-tray/monitor"
	"altv-tray/monitor/debugport"
	"altv-tray/monitor/problem"
)

var (
	unasked    = debugport.Reading{}
	menu       = debugport.Reading{Outcome: debugport.Known, Status: debugport.MainMenu}
	playing    = debugport.Reading{Outcome: debugport.Known, Status: debugport.InGame}
	leaving    = debugport.Reading{Outcome: debugport.Known, Status: debugport.Disconnecting}
	broken     = debugport.Reading{Outcome: debugport.Known, Status: debugport.Error}
	newWord    = debugport.Reading{Outcome: debugport.UnknownWord, Word: "TELEPORTING"}
	absent     = debugport.Reading{Outcome: debugport.NotRunning}
	foreign    = debugport.Reading{Outcome: debugport.NotAltV}
	noAnswer   = debugport.Reading{Outcome: debugport.NoAnswer}
	allReading = []debugport.Reading{unasked, menu, playing, leaving, broken, newWord, absent, foreign, noAnswer}
)

var began = time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)

// client, server and about make events at that second.
func client(second int, from, to debugport.Reading) monitor.Event {
	return monitor.Event{Kind: monitor.ClientChanged, At: seconds(second), From: from, To: to}
}

func server(second int, s monitor.ServerState, why string) monitor.Event {
	return monitor.Event{Kind: monitor.ServerChanged, At: seconds(second), Server: s, Why: problem.Problem{Code: problem.Code(why)}}
}

func about(second int, kind monitor.EventKind, job uint64) monitor.Event {
	return monitor.Event{Kind: kind, At: seconds(second), Job: job, Cause: monitor.ServerRestart, Attempt: 1, Attempts: 5}
}

func with(e monitor.Event, change func(*monitor.Event)) monitor.Event {
	change(&e)
	return e
}

func seconds(n int) time.Duration { return time.Duration(n) * time.Second }

func entry(second int, kind Kind, took int, reason string) Entry {
	return Entry{At: began.Add(seconds(second)), Kind: kind, Duration: seconds(took), Profile: "p", Reason: reason}
}

func reconnect(second, took int, joined bool, reason string, attempts int) Entry {
	e := entry(second, Reconnect, took, reason)
	e.Cause, e.Joined, e.Attempts = "server_restart", joined, attempts
	return e
}

func TestRecord(t *testing.T) {
	const up, down, ready, unknown = monitor.ServerStarting, monitor.ServerDown, monitor.ServerReady, monitor.ServerUnknown
	slept := func(second int) monitor.Event { return monitor.Event{Kind: monitor.Slept, At: seconds(second)} }
	took := func(s int) func(*monitor.Event) { return func(e *monitor.Event) { e.Took = seconds(s) } }
	failed := func(s, attempt int, why monitor.Reason) func(*monitor.Event) {
		return func(e *monitor.Event) { e.Took, e.Attempt, e.Reason = seconds(s), attempt, why }
	}
	second := func(e *monitor.Event) { e.Attempt = 2 }
	accepted := func(e *monitor.Event) { e.Answer = debugport.Accepted }
	for name, test := range map[string]struct {
		events []monitor.Event
		want   []Entry
	}{
		"a session":             {[]monitor.Event{client(10, menu, playing), client(70, playing, leaving), client(71, leaving, menu)}, []Entry{entry(70, Session, 60, "")}},
		"one that was going on": {[]monitor.Event{client(0, unasked, playing), client(5, playing, menu)}, []Entry{entry(5, Session, 5, "")}},
		"never in game":         {[]monitor.Event{client(1, unasked, menu), client(2, menu, absent)}, nil},
		"the client quit":       {[]monitor.Event{client(10, menu, playing), client(20, playing, absent)}, []Entry{entry(20, Session, 10, "client_quit")}},
		"another program":       {[]monitor.Event{client(10, menu, playing), client(20, playing, foreign)}, []Entry{entry(20, Session, 10, "port_taken")}},
		"an error":              {[]monitor.Event{client(10, menu, playing), client(20, playing, broken)}, []Entry{entry(20, Session, 10, "client_error")}},
		"another address":       {[]monitor.Event{client(10, menu, playing), client(20, playing, unasked)}, []Entry{entry(20, Session, 10, "settings_changed")}},
		"a reconnect of ours": {
			[]monitor.Event{client(10, menu, playing), about(20, monitor.Triggered, 1), about(20, monitor.Sending, 1), client(21, playing, leaving), client(30, leaving, playing), with(about(30, monitor.Joined, 1), took(10)), client(40, playing, leaving)},
			[]Entry{entry(21, Session, 11, Reconnected), reconnect(30, 10, true, "", 1), entry(40, Session, 10, "")},
		},
		"left after a failed attempt": {
			[]monitor.Event{client(10, menu, playing), about(20, monitor.Asked, 1), about(20, monitor.Sending, 1), about(25, monitor.AttemptFailed, 1), client(26, playing, leaving)},
			[]Entry{entry(26, Session, 16, "")},
		},
		"left while one waits": {
			[]monitor.Event{client(10, menu, playing), about(20, monitor.Asked, 1), client(26, playing, leaving)},
			[]Entry{entry(26, Session, 16, "")},
		},
		"silence in between":       {[]monitor.Event{client(10, menu, playing), client(20, playing, noAnswer), client(30, noAnswer, playing), client(40, playing, menu)}, []Entry{entry(40, Session, 30, "")}},
		"a new word in between":    {[]monitor.Event{client(10, menu, playing), client(20, playing, newWord), client(25, newWord, noAnswer), client(30, noAnswer, playing), client(40, playing, menu)}, []Entry{entry(40, Session, 30, "")}},
		"silence at the end":       {[]monitor.Event{client(10, menu, playing), client(20, playing, noAnswer), client(30, noAnswer, absent)}, []Entry{entry(20, Session, 10, "client_quit")}},
		"its end was lost":         {[]monitor.Event{client(10, menu, playing), client(500, menu, playing), client(510, playing, menu)}, []Entry{entry(510, Session, 10, "")}},
		"a sleep ends the session": {[]monitor.Event{client(10, menu, playing), slept(900), client(900, playing, unasked), client(901, unasked, menu)}, nil},
		"after a sleep it counts anew": {
			[]monitor.Event{client(10, menu, playing), slept(900), client(900, playing, unasked), client(901, unasked, playing), client(911, playing, menu)},
			[]Entry{entry(911, Session, 10, "")},
		},
		"the server went down with it": {
			[]monitor.Event{server(0, ready, ""), client(10, menu, playing), server(15, down, ""), client(20, playing, menu)},
			[]Entry{entry(20, Session, 10, "server_down")},
		},

		"a restart":                {[]monitor.Event{server(0, ready, ""), server(10, down, "killed"), server(14, up, ""), server(15, ready, "")}, []Entry{entry(15, Restart, 5, "")}},
		"a burst makes one":        {[]monitor.Event{server(0, up, ""), server(10, down, ""), server(11, up, ""), server(12, down, ""), server(13, up, ""), server(14, ready, "")}, []Entry{entry(14, Restart, 4, "")}},
		"down for another reason":  {[]monitor.Event{server(0, ready, ""), server(10, down, "a"), server(12, down, "b"), server(14, ready, "")}, []Entry{entry(14, Restart, 4, "")}},
		"the first start":          {[]monitor.Event{server(0, down, ""), server(3600, up, ""), server(3601, ready, "")}, nil},
		"out of sight in between":  {[]monitor.Event{server(0, ready, ""), server(10, down, ""), server(20, unknown, "no log"), server(30, up, ""), server(31, ready, "")}, nil},
		"out of sight before":      {[]monitor.Event{server(0, ready, ""), server(5, unknown, "no log"), server(10, down, ""), server(31, ready, "")}, []Entry{entry(31, Restart, 21, "")}},
		"another server":           {[]monitor.Event{server(0, ready, ""), server(5, unknown, ""), server(6, down, ""), server(31, ready, "")}, nil},
		"a sleep ends the restart": {[]monitor.Event{server(0, ready, ""), server(5, down, ""), slept(900), server(901, down, ""), server(902, ready, "")}, nil},

		"joined": {
			[]monitor.Event{about(10, monitor.Triggered, 1), about(11, monitor.Sending, 1), with(about(12, monitor.Answered, 1), accepted), with(about(30, monitor.Joined, 1), took(20))},
			[]Entry{reconnect(30, 20, true, "", 1)},
		},
		"thrown out after each join": {
			[]monitor.Event{
				about(10, monitor.Triggered, 1), about(10, monitor.Sending, 1), client(20, menu, playing), with(about(20, monitor.Joined, 1), took(10)), client(25, playing, menu),
				with(about(25, monitor.Triggered, 2), second), with(about(26, monitor.Sending, 2), second), client(30, menu, playing), with(with(about(30, monitor.Joined, 2), second), took(5)),
				client(31, playing, menu), with(about(31, monitor.Triggered, 3), func(e *monitor.Event) { e.Attempt = 3 }), with(about(31, monitor.Failed, 3), failed(0, 2, monitor.ThrownOut)),
			},
			[]Entry{
				reconnect(20, 10, true, "", 1), entry(25, Session, 5, ""), reconnect(30, 5, true, "", 2), entry(31, Session, 1, ""), reconnect(31, 0, false, "thrown_out", 2),
			},
		},
		"failed twice": {
			[]monitor.Event{about(10, monitor.Triggered, 1), about(11, monitor.Sending, 1), with(about(12, monitor.Sending, 1), second), with(about(30, monitor.Failed, 1), failed(20, 2, monitor.WrongPassword))},
			[]Entry{reconnect(30, 20, false, "wrong_password", 2)},
		},
		"joined late, before the second request": {
			[]monitor.Event{about(10, monitor.Triggered, 1), about(11, monitor.Sending, 1), with(with(about(30, monitor.Joined, 1), took(20)), second)},
			[]Entry{reconnect(30, 20, true, "", 1)},
		},
		"nothing could be sent": {
			[]monitor.Event{about(10, monitor.Triggered, 1), with(about(11, monitor.Failed, 1), failed(1, 1, monitor.KeyringLocked))},
			[]Entry{reconnect(11, 1, false, "keyring_locked", 0)},
		},
		"nothing went out": {
			[]monitor.Event{
				about(10, monitor.Triggered, 1), about(11, monitor.Sending, 1),
				with(about(11, monitor.Answered, 1), func(e *monitor.Event) { e.Answer = debugport.NotSent }),
				with(about(12, monitor.Failed, 1), failed(2, 1, monitor.ClientQuit)),
			},
			[]Entry{reconnect(12, 2, false, "client_quit", 0)},
		},
		"refused":                    {[]monitor.Event{about(10, monitor.Asked, 1), about(10, monitor.Refused, 1)}, nil},
		"called off":                 {[]monitor.Event{about(10, monitor.Asked, 1), with(about(12, monitor.Cancelled, 1), took(2))}, nil},
		"a sleep cuts the reconnect": {[]monitor.Event{about(10, monitor.Triggered, 1), about(11, monitor.Sending, 1), slept(900), with(about(905, monitor.Joined, 1), took(895))}, []Entry{reconnect(905, 5, true, "", 1)}},
	} {
		t.Run(name, func(t *testing.T) {
			last := test.events[len(test.events)-1].At
			r := NewRecorder(began, func() time.Time { return began.Add(last) })
			var got []Entry
			for _, e := range test.events {
				for _, entry := range r.Record(e, "p") {
					if !entry.Kind.IsState() {
						got = append(got, entry)
					}
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// TestRecordProfile: what ends after another profile was chosen belongs to the
// one in which it began.
func TestRecordProfile(t *testing.T) {
	r := NewRecorder(began, func() time.Time { return began })
	r.Record(client(1, menu, playing), "old")
	r.Record(about(2, monitor.Asked, 1), "old")
	for _, e := range []monitor.Event{client(3, playing, menu), about(4, monitor.Failed, 1)} {
		got := r.Record(e, "new")
		if len(got) == 0 {
			t.Errorf("%+v ends nothing", e)
		}
		for _, entry := range got {
			if entry.Profile != "old" {
				t.Errorf("%+v, want the old profile", entry)
			}
		}
	}
}

// TestRecordWallTime: the monotonic clock may have stood still for an hour,
// and the entry still has the right time of day.
func TestRecordWallTime(t *testing.T) {
	start := time.Now()
	hour := start.Round(0).Add(time.Hour) // later by the wall clock
	r := NewRecorder(start, func() time.Time { return hour })
	r.Record(client(1, menu, playing), "p")
	got := r.Record(monitor.Event{Kind: monitor.ClientChanged, At: time.Hour - time.Minute, From: playing, To: menu}, "p")
	for _, entry := range got {
		if want := hour.Add(-time.Minute); !entry.At.Equal(want) {
			t.Errorf("ended at %s, want %s", entry.At, want)
		}
	}
	if len(got) != 2 {
		t.Errorf("%+v", got)
	}
}

// drawEvent draws any event, sound or not.
func drawEvent(t *rapid.T, at monitor.Time) monitor.Event {
	return monitor.Event{
		Kind: rapid.SampledFrom([]monitor.EventKind{
			monitor.ClientChanged, monitor.ClientChanged, monitor.ServerChanged, monitor.ServerChanged, monitor.Asked, monitor.Triggered,
			monitor.Sending, monitor.Answered, monitor.Joined, monitor.Failed, monitor.Cancelled, monitor.Refused, monitor.Slept,
		}).Draw(t, "kind"),
		At:      at,
		Job:     rapid.Uint64Range(0, 3).Draw(t, "job"),
		Cause:   monitor.Cause(rapid.IntRange(0, 3).Draw(t, "cause")),
		From:    rapid.SampledFrom(allReading).Draw(t, "from"),
		To:      rapid.SampledFrom(allReading).Draw(t, "to"),
		Server:  monitor.ServerState(rapid.IntRange(0, 3).Draw(t, "server")),
		Why:     problem.Problem{Code: rapid.SampledFrom([]problem.Code{"", "why"}).Draw(t, "why")},
		Attempt: rapid.IntRange(0, 5).Draw(t, "attempt"),
		Answer:  rapid.SampledFrom([]debugport.Answer{debugport.NotSent, debugport.Accepted, debugport.Refused, debugport.Unanswered}).Draw(t, "answer"),
		Reason:  monitor.Reason(rapid.IntRange(0, 19).Draw(t, "reason")),
		Took:    time.Duration(rapid.IntRange(-1000, 1e6).Draw(t, "took")) * time.Millisecond,
	}
}

// TestPropertyRecord: whatever comes in, no duration is negative, none is
// longer than the monitor has run or than the time since the computer woke.
func TestPropertyRecord(t *testing.T) {
	made := 0
	rapid.Check(t, func(t *rapid.T) {
		var at, woke monitor.Time
		r := NewRecorder(began, func() time.Time { return began.Add(at) })
		for range rapid.IntRange(1, 100).Draw(t, "events") {
			at += time.Duration(rapid.IntRange(0, 100_000).Draw(t, "dt")) * time.Millisecond
			e := drawEvent(t, at)
			if e.Kind == monitor.Slept {
				woke = at
			}
			for _, entry := range r.Record(e, "p") {
				made++
				if entry.Duration < 0 || entry.Duration > at-woke || entry.At.After(began.Add(at)) || entry.At.Before(began.Add(woke)) {
					t.Fatalf("at %s, awake since %s: %+v", at, woke, entry)
				}
			}
		}
	})
	if made < 100 {
		t.Errorf("only %d entries were made", made)
	}
}
