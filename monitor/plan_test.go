package monitor

import (
	"testing"
	"time"

	"altv-tray/monitor/problem"
)

// When the machine wants to be asked again: poll intervals, Wake, PollNow and
// Urgent, and what a step costs.

func TestPollIntervals(t *testing.T) {
	want := map[string]time.Duration{
		"none": PollIdle, "between attempts": PollIdle, "between attempts by hand": PollIdle,
	}
	for _, c := range crossings {
		t.Run(c.phase, func(t *testing.T) {
			config := usual()
			config.Delay = c.delay
			r := newRunner(t, config)
			r.play(0, c.given)
			w, ok := want[c.phase]
			if !ok {
				w = PollPending
			}
			if r.out.Poll != w {
				t.Errorf("Poll is %v, want %v", r.out.Poll, w)
			}
		})
	}
	for name, c := range map[string]struct {
		in   Input
		want time.Duration
	}{
		"nothing listens": {notRunning, 2 * time.Second}, "another program": {notAltV, time.Second}, "no answer": {noAnswer, time.Second},
		"LOADING": {loading, time.Second}, "IN_GAME": {inGame, time.Second}, "ERROR": {clientError, time.Second}, "a new word": {newWord, time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRunner(t, usual())
			r.step(0, c.in)
			if r.out.Poll != c.want {
				t.Errorf("Poll is %v, want %v", r.out.Poll, c.want)
			}
			r.step(time.Second, Ask())
			if r.out.Poll != 50*time.Millisecond || !r.out.PollNow {
				t.Errorf("asked for: Poll is %v, PollNow %v, want 50 ms and at once", r.out.Poll, r.out.PollNow)
			}
		})
	}
}

func TestWake(t *testing.T) {
	sec := func(n float64) Time { return Time(n * float64(time.Second)) }
	for _, c := range []struct {
		name  string
		given []step
		delay time.Duration
		want  Time
	}{
		{name: "nothing is due", given: clientMenu, want: Forever},
		{name: "ready_delay", given: then(clientMenu, step{1000, serverDown, "", NoJob}, step{2000, serverUp, "", NoJob}), want: sec(2.5)},
		{name: "a pause", given: then(clientMenu, step{1000, Pause(time.Minute), "paused 1m0s", NoJob}), want: sec(61)},
		{name: "a pause without an end", given: then(clientMenu, step{1000, Pause(0), "paused 0s", NoJob}), want: Forever},
		{name: "the countdown", delay: 3 * time.Second, given: restartCountdown, want: sec(4.5)},
		{name: "the pause between attempts", given: then(restartSent, step{7000, menu, "no_reaction, again in 1s", Backoff}), want: sec(8)},
		{name: "the sooner of two", given: then(restartSent, step{7000, menu, "no_reaction, again in 1s", Backoff}, step{7000, serverUnknown, "", Backoff}, step{7100, serverUp, "", Backoff}), want: sec(7.6)},
		{name: "a server that stays down", given: then(clientMenu, step{1000, serverDown, "", NoJob}), want: sec(601)},
	} {
		t.Run(c.name, func(t *testing.T) {
			config := usual()
			config.Delay = c.delay
			r := newRunner(t, config)
			r.play(0, c.given)
			if r.out.Wake != c.want {
				t.Errorf("Wake is %v, want %v", r.out.Wake, c.want)
			}
		})
	}
}

func TestUrgent(t *testing.T) {
	for _, c := range []struct {
		name  string
		given []step
		want  bool
	}{
		{"a client in the main menu", clientMenu, true},
		{"a client in game", clientGame, true},
		{"a client that loads", clientLoads, true},
		{"no client", clientGone, false},
		{"nothing known yet", serverReady, false},
		{"another program", then(serverReady, step{1000, notAltV, "", NoJob}), false},
		{"silence", then(serverReady, step{1000, noAnswer, "", NoJob}), true},
		{"paused", then(clientMenu, step{1000, Pause(0), "paused 0s", NoJob}), false},
		{"turned off", then(clientMenu, step{1000, configured(notAuto), "", NoJob}), false},
		{"the server went down", then(clientMenu, step{1000, serverDown, "", NoJob}), true},
		{"nearly ten minutes ago", then(clientMenu, step{1000, serverDown, "", NoJob}, step{600_999, Tick(), "", NoJob}), true},
		{"ten minutes ago", then(clientMenu, step{1000, serverDown, "", NoJob}, step{601_000, Tick(), "", NoJob}), false},
		{"and is up", then(clientMenu, step{1000, serverDown, "", NoJob}, step{601_000, Tick(), "", NoJob}, step{602_000, serverUp, "", NoJob}), true},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRunner(t, usual())
			r.play(0, c.given)
			if r.out.Urgent != c.want {
				t.Errorf("Urgent is %v, want %v", r.out.Urgent, c.want)
			}
		})
	}
}

// TestForget: a password is not kept longer than the reconnect that it is for.
func TestForget(t *testing.T) {
	for _, c := range []struct {
		name  string
		given []step
		in    Input
		want  bool
	}{
		{"joined", then(sentOne, step{1100, connecting, "", Joining}), inGame, true},
		{"cancelled", asked, Cancel(0), true},
		{"the client quit", asked, notRunning, true},
		{"another profile", asked, configured(func(c *Config) { c.Profile = "other" }), true},
		{"another password", asked, PasswordChanged(), true},
		{"a status while it waits", then(clientLoads, step{1000, Ask(), "asked, read", Waiting}, step{1000, password, "", Waiting}), loading, false},
		{"the POST itself", asked, menu, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRunner(t, usual())
			r.play(0, c.given)
			r.step(r.now+1, c.in)
			if r.out.Forget != c.want {
				t.Errorf("Forget is %v, want %v", r.out.Forget, c.want)
			}
		})
	}
}

func TestEventsOfChanges(t *testing.T) {
	r := newRunner(t, usual())
	r.step(1, menu)
	if len(r.out.Events) != 1 || r.out.Events[0].Kind != ClientChanged || r.out.Events[0].To.String() != "MAIN_MENU" || r.out.Events[0].From.String() != "" {
		t.Errorf("the first status gives %+v", r.out.Events)
	}
	r.step(2, menu)
	if r.out.Events != nil {
		t.Errorf("an unchanged one gives %+v", r.out.Events)
	}
	r.step(3, ServerSeen(ServerFact{State: ServerDown, Why: *problem.New(problem.ServerRefused)}))
	if len(r.out.Events) != 1 || r.out.Events[0].Kind != ServerChanged || r.out.Events[0].Server != ServerDown || r.out.Events[0].Why.Code != problem.ServerRefused {
		t.Errorf("the server's end gives %+v", r.out.Events)
	}
	r.step(4, ServerSeen(ServerFact{State: ServerDown, Why: *problem.New(problem.ServerRefused)}))
	if r.out.Events != nil {
		t.Errorf("the same again gives %+v", r.out.Events)
	}
}

// TestUnchangedReadingAllocatesNothing: it is what happens twenty times a
// second.
func TestUnchangedReadingAllocatesNothing(t *testing.T) {
	for _, c := range crossings {
		r := newRunner(t, usual())
		if c.delay > 0 {
			continue // the same as waiting
		}
		r.play(0, c.given)
		s, now, in := r.state, r.now, StatusRead(r.state.Client)
		if s.job.Phase == Waiting {
			in = loading
		}
		s, _ = Step(s, now, in)
		if n := testing.AllocsPerRun(100, func() { s, _ = Step(s, now, in) }); n != 0 {
			t.Errorf("%s: a step with an unchanged reading allocates %v times", c.phase, n)
		}
	}
}

func BenchmarkStepUnchanged(b *testing.B) {
	s := State{cfg: usual()}
	s, _ = Step(s, 0, menu)
	b.ReportAllocs()
	for b.Loop() {
		s, _ = Step(s, 1, menu)
	}
}
