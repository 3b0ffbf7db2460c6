package monitor

import (
	"testing"
	"time"

	"altv-tray/monitor/debugport"

	"pgregory.net/rapid"
)

// Random histories. More of them: go test ./monitor -run Property -rapid.checks=100000

// TestPropertyBooks: whatever happens, the machine does nothing that the rules
// forbid. The checks are history's.
func TestPropertyBooks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := newHistory(t)
		for range rapid.IntRange(1, 120).Draw(t, "steps") {
			h.act()
		}
	})
}

// TestPropertyCalmEndsEverything: when the world gets calm, every reconnect
// that has begun ends exactly once, and nothing waits for ever.
func TestPropertyCalmEndsEverything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := newHistory(t)
		for range rapid.IntRange(1, 80).Draw(t, "steps") {
			h.act()
		}
		h.calm(rapid.SampledFrom([]debugport.Reading{menu.reading, inGame.reading}).Draw(t, "calm client"),
			rapid.Bool().Draw(t, "it joins"))
		if h.s.job.Phase != NoJob {
			t.Fatalf("after an hour of calm it is still %v", h.s.job.Phase)
		}
		for job, goesOn := range h.open {
			if goesOn {
				t.Fatalf("job %d never ended", job)
			}
		}
	})
}

// calm lets up to an hour pass in which the server is up and the client ready,
// and in which it joins or ignores what it is sent.
func (h *history) calm(client debugport.Reading, joins bool) {
	h.answer(debugport.Unanswered)
	h.client = client
	quiet := 0
	for second := 0; second < 3600 && quiet < 300; second++ {
		h.now += time.Second
		h.do(serverUp)
		h.poll(h.client)
		h.readPassword(NoReason)
		if h.posting != 0 {
			h.answer(debugport.Accepted)
			if joins {
				h.poll(connecting.reading)
				h.client = inGame.reading
			}
		}
		if quiet++; h.s.job.Phase != NoJob {
			quiet = 0
		}
	}
}

// TestPropertyDeliberateLeave: with the server never down and the client never
// started anew, nothing is sent that was not asked for.
func TestPropertyDeliberateLeave(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := usual()
		h := newHistory(t)
		h.cfg, h.s = c, State{cfg: c}
		otherwise := c
		otherwise.Ready = "log"
		h.do(serverUp)
		h.now += time.Second
		h.poll(inGame.reading)
		for range rapid.IntRange(1, 100).Draw(t, "steps") {
			h.now += time.Duration(rapid.IntRange(0, 30_000).Draw(t, "ms")) * time.Millisecond
			switch rapid.IntRange(0, 9).Draw(t, "act") {
			case 0:
				h.do(serverUp)
			case 1:
				h.do(serverUnknown)
			case 2:
				h.do(rapid.SampledFrom([]Input{Woke(), Resume(), Configured(otherwise), Pause(time.Second), Cancel(0), PasswordChanged(), Tick()}).Draw(t, "rest"))
			default:
				if r := rapid.SampledFrom(historyReadings).Draw(t, "reading"); r.Outcome != debugport.NotRunning {
					h.poll(r)
				}
			}
		}
		if h.triggers+h.sends > 0 {
			t.Fatalf("%d reconnects began and %d were sent by themselves", h.triggers, h.sends)
		}
	})
}

// TestPropertyReached keeps the histories honest: what the books forbid must
// have had its chance to happen.
func TestPropertyReached(t *testing.T) {
	var sends, own, triggers, joins, thrown int
	rapid.Check(t, func(t *rapid.T) {
		h := newHistory(t)
		for range 120 {
			h.act()
			for _, e := range h.out.Events {
				if e.Kind == Joined {
					joins++
				}
			}
		}
		sends, own, triggers, thrown = sends+h.sends, own+h.ownSends, triggers+h.triggers, thrown+h.thrown
	})
	const counts = "%d sends, %d of them by itself, %d triggers, %d of them after a short session, %d joins"
	if sends < 100 || own < 20 || triggers < 50 || joins < 20 || thrown < 10 {
		t.Errorf("the histories are too dull: "+counts, sends, own, triggers, thrown, joins)
	}
	t.Logf(counts, sends, own, triggers, thrown, joins)
}
