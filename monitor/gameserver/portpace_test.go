package gameserver

import (
	"context"
	"errors"
	"net"
	"testing"
	"testing/synctest"
	"time"

	"altv-tray/monitor/problem"
)

func TestPortPace(t *testing.T) {
	refusedNow := func(context.Context) (net.Conn, error) { return nil, errRefused }
	endsAtOnce := func(context.Context) (net.Conn, error) { return answeringConn(time.Microsecond) }
	fault := func(context.Context) (net.Conn, error) {
		return nil, &net.OpError{Op: "dial", Err: errors.New("too many open files")}
	}
	at := problem.Text("address", "192.0.2.1:7788")
	for _, c := range []struct {
		name   string
		answer func(context.Context) (net.Conn, error)
		urgent bool
		dials  int // in 10 s, the one at the start included
		fact   Fact
	}{
		{"refused", refusedNow, false, 10, Fact{State: Down, Why: *problem.New(problem.ServerRefused, at)}},
		{"refused, urgent", refusedNow, true, 200, Fact{State: Down, Why: *problem.New(problem.ServerRefused, at)}},
		{"ends at once", endsAtOnce, false, 10 + 1, Fact{State: Up}},
		{"ends at once, urgent", endsAtOnce, true, 200 + 1, Fact{State: Up}},
		{"nothing behind the relay", endedConn, false, 10 + 1, Fact{State: Down, Why: *problem.New(problem.RelayEmpty, at)}},
		{"nothing behind the relay, urgent", endedConn, true, 200 + 1, Fact{State: Down, Why: *problem.New(problem.RelayEmpty, at)}},
		{"cannot dial", fault, false, 10, Fact{State: Unknown, Why: *problem.New(problem.ServerNotTried, at, problem.Text("cause", "too many open files"))}},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := &fakeDial{answer: c.answer}
				facts := d.run(c.urgent, 10*time.Second-time.Millisecond)
				if len(facts) != 1 || facts[0] != c.fact {
					t.Errorf("told %v, want %v once", facts, c.fact)
				}
				if d.calls != c.dials {
					t.Errorf("%d dials in 10 s, want %d", d.calls, c.dials)
				}
			})
		})
	}
}

// A fault of our own while the server is down must not turn Down, Up into
// Down, Unknown, Up.
func TestPortFaultHidesNoRestart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var open []net.Conn // the one that is kept, and the look at the listener
		d := &fakeDial{}
		d.answer = func(context.Context) (net.Conn, error) {
			switch {
			case d.calls == 1:
				return nil, errRefused
			case d.calls < 40:
				return nil, errors.New("too many open files")
			}
			ours, theirs := net.Pipe()
			open = append(open, theirs)
			return ours, nil
		}
		facts := d.run(false, time.Minute)
		if len(facts) != 2 || facts[0].State != Down || facts[1].State != Up || len(open) != 2 {
			t.Errorf("told %v over %d connections", facts, len(open))
		}
	})
}

func TestRecheckTellsUnknownFirst(t *testing.T) {
	t.Parallel()
	s := newServer(t, nil)
	w := watch(t, Config{Source: SourcePort, Address: s.address})
	w.want(Up)
	w.Recheck()
	w.want(Unknown, Up)
	s.kill()
	w.want(Down)
	w.Recheck()
	w.want(Unknown, Down)
	w.quiet()
}

func TestNoAddress(t *testing.T) {
	t.Parallel()
	w := watch(t, Config{Source: SourcePort})
	w.wantWhy(Unknown, problem.NoServerAddress)
	w.quiet()
	w = watch(t, Config{Source: SourceLog, Address: "127.0.0.1:1"})
	w.wantWhy(Unknown, problem.NoServerFolder)
	w.quiet()
}
