package monitor

import (
	"testing"
	"time"
)

// Rule 6 with when_dropped = "always": a session that ends soon after its join was
// a failed attempt, so that a kick, a ban or a game mode that crashes after each
// join makes no reconnect without end.

func TestRule6ThrownOut(t *testing.T) {
	// joinedOne is in game by a restart's reconnect.
	joinedOne := then(restartSent, step{1600, connecting, "", Joining}, step{6000, inGame, "joined", NoJob})
	// thrownOnce was thrown out of it and has its second join under way.
	thrownOnce := then(joinedOne, step{7000, menu, "triggered dropped", Backoff}, step{8000, Tick(), "read", Waiting},
		step{8001, password, "", Waiting}, step{8050, menu, "send 2", Posting}, step{8051, accepted, "accepted", Leaving})
	with := func(change func(*Config)) func(*Config) {
		return func(c *Config) {
			c.OnDrop = true
			change(c)
		}
	}
	runScenarios(t, []scenario{
		{
			name: "rule 6: out within 30 s: the next attempt, after a pause", given: joinedOne, config: onDrop,
			steps: []step{
				{29_999, menu, "triggered dropped", Backoff}, {30_998, menu, "", Backoff}, {30_999, Tick(), "read", Waiting},
				{31_000, password, "", Waiting}, {31_050, menu, "send 2", Posting},
			},
		},
		{
			name: "rule 6: out after 30 s: a reconnect of its own", given: joinedOne, config: onDrop,
			steps: []step{{30_000, menu, "ready, triggered dropped, read", Waiting}, {30_001, password, "", Waiting}, {30_050, menu, "send 1", Posting}},
		},
		{
			name: "rule 6: silence in between is no end of the session", given: joinedOne, config: onDrop,
			steps: []step{{1000, noAnswer, "", NoJob}, {28_000, inGame, "", NoJob}, {30_000, menu, "ready, triggered dropped, read", Waiting}},
		},
		{
			name: "rule 6: by DISCONNECTING", given: joinedOne, config: onDrop,
			steps: []step{{5000, disconnecting, "triggered dropped", Backoff}, {5500, menu, "", Backoff}, {6000, Tick(), "read", Waiting}},
		},
		{
			name: "rule 6: out again: the pauses grow", given: thrownOnce, config: onDrop,
			steps: []step{
				{50, connecting, "", Joining}, {5000, inGame, "joined", NoJob}, {6000, menu, "triggered dropped", Backoff},
				{7999, menu, "", Backoff}, {8000, Tick(), "read", Waiting}, {8001, password, "", Waiting}, {8050, menu, "send 3", Posting},
			},
		},
		{
			name: "rule 6: out again, and no attempt is left: one word", given: thrownOnce, config: with(func(c *Config) { c.Attempts = 2 }),
			steps: []step{
				{50, connecting, "", Joining}, {5000, inGame, "joined", NoJob}, {6000, menu, "triggered dropped, failed thrown_out", NoJob},
				{60_000, menu, "", NoJob}, {600_000, menu, "", NoJob},
			},
		},
		{
			name: "rule 6: attempts under 1 are one", given: joinedOne, config: with(func(c *Config) { c.Attempts = 0 }),
			steps: []step{{5000, menu, "triggered dropped, failed thrown_out", NoJob}, {60_000, menu, "", NoJob}},
		},
		{
			name: "rule 6: an attempt in between that fails is one of them", given: thrownOnce, config: with(func(c *Config) { c.Attempts = 3 }),
			steps: []step{
				{5000, menu, "no_reaction, again in 2s", Backoff}, {7000, Tick(), "read", Waiting}, {7001, password, "", Waiting},
				{7050, menu, "send 3", Posting}, {7051, accepted, "accepted", Leaving}, {12_050, menu, "failed no_reaction", NoJob},
			},
		},
		{
			name: "rule 6: a session that lasts in between begins afresh", given: thrownOnce, config: with(func(c *Config) { c.Attempts = 2 }),
			steps: []step{
				{50, connecting, "", Joining}, {5000, inGame, "joined", NoJob}, {40_000, menu, "ready, triggered dropped, read", Waiting},
				{40_001, password, "", Waiting}, {40_050, menu, "send 1", Posting},
			},
		},
		{
			name: "rule 6: a reconnect by hand is followed in the same way", given: then(sentOne, step{1050, connecting, "", Joining}, step{6000, inGame, "joined", NoJob}),
			config: onDrop,
			steps:  []step{{5000, menu, "triggered dropped", Backoff}, {6000, Tick(), "read", Waiting}},
		},
		{
			name: "rule 6: a join of the player's own is no attempt", given: clientMenu, config: onDrop,
			steps: []step{
				{0, connecting, "", NoJob}, {5000, inGame, "", NoJob}, {6000, menu, "ready, triggered dropped, read", Waiting},
				{6001, password, "", Waiting}, {6050, menu, "send 1", Posting},
			},
		},
		{
			name: "rule 6: the player joins by itself in the pause: nothing", given: joinedOne, config: onDrop,
			steps: []step{
				{5000, menu, "triggered dropped", Backoff}, {5500, connecting, "cancelled", NoJob}, {9000, inGame, "", NoJob}, {60_000, inGame, "", NoJob},
			},
		},
		{
			name: "rule 6: asked for in the pause: at once", given: joinedOne, config: onDrop,
			steps: []step{{5000, menu, "triggered dropped", Backoff}, {5100, Ask(), "asked again, read", Waiting}, {5101, password, "", Waiting}, {5150, menu, "send 2", Posting}},
		},
		{
			name: "rule 6: asked for in the pause, and the player joins by itself: not torn out again", given: joinedOne, config: onDrop,
			steps: []step{
				{5000, menu, "triggered dropped", Backoff}, {5100, Ask(), "asked again, read", Waiting}, {5120, connecting, "", Waiting},
				{5130, password, "", Waiting}, {9000, inGame, "joined", NoJob},
			},
		},
		{
			name: "rule 6: called off in the pause: it stays so", given: joinedOne, config: onDrop,
			steps: []step{{5000, menu, "triggered dropped", Backoff}, {5100, Cancel(0), "cancelled cancelled", NoJob}, {60_000, menu, "", NoJob}},
		},
		{
			name: "rule 6: falls after a join say nothing of the password", given: thrownOnce, config: onDrop,
			steps: []step{
				{50, connecting, "", Joining}, {5000, menu, "fell_back, again in 2s", Backoff}, {7000, Tick(), "read", Waiting}, {7001, password, "", Waiting},
				{7050, menu, "send 3", Posting}, {7051, accepted, "accepted", Leaving}, {7100, connecting, "", Joining}, {12_000, menu, "fell_back, again in 4s", Backoff},
			},
		},
		{
			name: "rule 6: the server went down first: a restart begins afresh", given: thrownOnce, config: with(func(c *Config) { c.Attempts = 2 }),
			steps: []step{
				{50, connecting, "", Joining}, {5000, inGame, "joined", NoJob}, {6000, serverDown, "", NoJob}, {6500, menu, "dropped", NoJob},
				{7000, serverUp, "", NoJob}, {7500, Tick(), "triggered server_restart, read", Waiting}, {7501, password, "", Waiting}, {7550, menu, "send 1", Posting},
			},
		},
		{
			name: "rule 6: the server went down after the client had left: a restart begins afresh", given: joinedOne, config: onDrop,
			steps: []step{
				{5000, menu, "triggered dropped", Backoff}, {5100, serverDown, "cancelled server_down", NoJob}, {6000, serverUp, "", NoJob},
				{6500, Tick(), "triggered server_restart, read", Waiting}, {6501, password, "", Waiting}, {6550, menu, "send 1", Posting},
			},
		},
		{
			name: "rule 6: server_down: a restart just after the join is followed at once", given: joinedOne,
			steps: []step{
				{5000, serverDown, "", NoJob}, {5300, serverUp, "", NoJob}, {5800, Tick(), "triggered server_restart, read", Waiting},
				{5801, password, "", Waiting}, {5850, inGame, "send 1", Posting},
			},
		},
		{
			name: "rule 6: server_down: out within 30 s with the server up stays out", given: joinedOne,
			steps: []step{{5000, menu, "ready", NoJob}, {60_000, menu, "", NoJob}},
		},
		{
			name: "rule 6: paused: out within 30 s stays out", given: joinedOne, config: onDrop,
			steps: []step{{1000, Pause(0), "paused 0s", NoJob}, {5000, menu, "ready", NoJob}, {60_000, menu, "", NoJob}},
		},
		{
			name: "rule 6: elsewhere: nothing is sent", given: joinedOne, config: onDrop,
			steps: []step{
				{1000, configured(with(func(c *Config) { c.Elsewhere = true })), "", NoJob}, {5000, menu, "ready, held other_server", NoJob}, {60_000, menu, "", NoJob},
			},
		},
		{
			name: "rule 6: the client quits: there is nothing to bring back", given: joinedOne, config: onDrop,
			steps: []step{{5000, notRunning, "", NoJob}, {60_000, notRunning, "", NoJob}},
		},
		{
			name: "rule 8: a sleep in between: how long the session was is not known", given: joinedOne, config: onDrop,
			steps: []step{
				{1000, Woke(), "slept", NoJob}, {1001, inGame, "", NoJob}, {1002, serverUp, "", NoJob}, {1502, Tick(), "", NoJob},
				{5000, menu, "ready, triggered dropped, read", Waiting},
			},
		},
	})
}

// TestRule6ThrownOutBackoff: as many attempts as ever, with the pauses of any other
// that fails.
func TestRule6ThrownOutBackoff(t *testing.T) {
	c := usual()
	c.OnDrop = true
	r := newRunner(t, c)
	r.play(0, asked)
	for i, pause := range []time.Duration{time.Second, 2 * time.Second, 4 * time.Second, 8 * time.Second, 0} {
		n := string(rune('1' + i))
		r.play(r.now, []step{
			{0, menu, "send " + n, Posting}, {1, accepted, "accepted", Leaving}, {50, connecting, "", Joining}, {5000, inGame, "joined", NoJob},
		})
		if pause == 0 {
			break
		}
		ms := int(pause.Milliseconds())
		r.play(r.now, []step{
			{10_000, menu, "triggered dropped", Backoff}, {10_000 + ms - 1, menu, "", Backoff}, {10_000 + ms, Tick(), "read", Waiting}, {10_000 + ms, password, "", Waiting},
		})
	}
	r.play(r.now, []step{{10_000, menu, "triggered dropped, failed thrown_out", NoJob}})
	if last := r.state.snapshot(time.Time{}).Last; last.Kind != Failed || last.Reason != ThrownOut {
		t.Errorf("the last result is %+v", last)
	}
	r.play(r.now, []step{{60_000, menu, "", NoJob}, {600_000, menu, "", NoJob}})
}
