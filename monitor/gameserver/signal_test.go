package gameserver

import (
	"testing"

	"altv-tray/monitor/problem"
)

func TestSignalAlone(t *testing.T) {
	t.Parallel()
	w := watch(t, Config{Source: SourceSignal})
	w.wantWhy(Unknown, problem.WaitsForSignal)
	w.Signal()
	w.want(Down, Up)
	w.Signal() // the game mode started again unseen
	w.want(Down, Up)
	w.Recheck()
	w.want(Unknown)
	w.wantWhy(Unknown, problem.WaitsForSignal)
	w.Signal()
	w.want(Down, Up)
	w.quiet()
}

func TestSignalBeforeRun(t *testing.T) {
	t.Parallel()
	facts := make(chan Fact, 8)
	w := New(Config{Source: SourceSignal}, func(f Fact) { facts <- f })
	w.Signal()
	v := &watched{Watcher: w, t: t, facts: facts}
	done := make(chan struct{})
	ctx := t.Context()
	go func() {
		defer close(done)
		w.Run(ctx)
	}()
	t.Cleanup(func() { <-done })
	v.want(Unknown, Down, Up)
}

func TestSignalAndPort(t *testing.T) {
	t.Parallel()
	s := newServer(t, nil)
	w := watch(t, Config{Source: SourceSignal, Address: s.address})
	w.wantWhy(Unknown, problem.WaitsForSignal)
	<-s.accepted
	w.wantWhy(Unknown, problem.OpenWithoutSignal)
	for n := range 3 {
		w.Signal()
		if n == 0 {
			w.want(Down) // that it was not ready yet had not been told
		}
		w.want(Up)
		s.kill()
		w.wantWhy(Down, problem.ServerRefused)
		s.start()
		w.wantWhy(Down, problem.OpenWithoutSignal)
	}
	w.Signal()
	w.want(Up)
	w.Recheck() // the port still accepts: the signal holds
	w.want(Unknown, Up)
	w.quiet()
}

// A game mode that signals from its synchronous start does so before the
// server's port is open.
func TestSignalBeforeThePortOpens(t *testing.T) {
	refused, open, closed := portReport{kind: portRefused, why: *problem.New(problem.ServerRefused)}, portReport{kind: portOpen}, portReport{kind: portClosed}
	for _, c := range []struct {
		name string
		seen []any
		want []State
	}{
		{"loading", []any{refused, signalReport{}, refused, refused, open}, []State{Down, Up, Up}},
		{"killed after", []any{refused, signalReport{}, refused, open, closed, refused, open}, []State{Down, Up, Up, Down, Down}},
		{"idle end", []any{open, signalReport{}, closed, open}, []State{Unknown, Down, Up, Up}},
		{"signal while connected", []any{open, signalReport{}, closed, refused}, []State{Unknown, Down, Up, Down}},
		{"no answer for a while", []any{open, signalReport{}, closed, portReport{kind: portSilent, why: *problem.New(problem.ServerSilent)}, open}, []State{Unknown, Down, Up, Down, Up}},
	} {
		t.Run(c.name, func(t *testing.T) {
			j := &signalReadiness{}
			var got []State
			for _, seen := range c.seen {
				for _, fact := range j.observe(seen) {
					got = append(got, fact.State)
				}
			}
			if len(got) != len(c.want) {
				t.Fatalf("got %v, want %v", got, c.want)
			}
			for i := range got {
				if got[i] != c.want[i] {
					t.Fatalf("got %v, want %v", got, c.want)
				}
			}
		})
	}
}
