package gameserver

import (
	"slices"
	"testing"
	"time"

	"altv-tray/monitor/problem"
)

// What the sources "log" and "signal" make of a relay, which accepts whether the
// server is there or not.
func TestReadinessAtARelay(t *testing.T) {
	began := time.Now()
	at := func(n int) time.Time { return began.Add(time.Duration(n) * time.Second) }
	port := func(kind portKind, n int) any {
		return portReport{kind: kind, at: at(n), why: *problem.New(problem.RelayEmpty)}
	}
	started := func(run, n int) any { return logReport{run: run, mark: markStarted, at: at(n), alive: true} }
	for _, c := range []struct {
		name   string
		signal bool
		seen   []any
		want   []State // the last after each that was told anything
	}{
		{"log: an old line, and nothing behind the relay", false,
			[]any{started(1, 1), port(portClosed, 2), port(portEmpty, 2)}, []State{Down}},
		{"log: the server was killed behind the relay, and logs anew", false,
			[]any{port(portOpen, 1), started(1, 2), port(portClosed, 1), port(portEmpty, 3), port(portOpen, 4), started(2, 5)},
			[]State{Up, Down, Down, Up}},
		{"log: the line comes while the relay still dials", false,
			[]any{port(portEmpty, 1), started(1, 3), port(portClosed, 2), port(portEmpty, 2), port(portOpen, 5)},
			[]State{Down, Down, Down, Up}},
		{"signal: from a start before TCP, behind the relay", true,
			[]any{port(portEmpty, 1), signalReport{}, port(portClosed, 2), port(portEmpty, 2), port(portOpen, 3)},
			[]State{Down, Up, Up}},
		{"signal: the server was killed behind the relay", true,
			[]any{port(portOpen, 1), signalReport{}, port(portClosed, 1), port(portEmpty, 2), port(portOpen, 3), signalReport{}},
			[]State{Unknown, Up, Down, Down, Up}},
	} {
		observe := (&logReadiness{tcp: true}).observe
		if c.signal {
			observe = (&signalReadiness{}).observe
		}
		var told []State
		for _, seen := range c.seen {
			if facts := observe(seen); len(facts) > 0 {
				told = append(told, facts[len(facts)-1].State)
			}
		}
		if !slices.Equal(told, c.want) {
			t.Errorf("%s: told %v, want %v", c.name, told, c.want)
		}
	}
}
