package monitor

import (
	"testing"

	"altv-tray/monitor/debugport"
)

// Rule 6: accepted is not joined; what counts as a failed attempt, and what
// follows one.

func notAuto(c *Config) { c.Auto = false }

func TestRule6Joined(t *testing.T) {
	runScenarios(t, []scenario{
		{
			name: "rule 6: from MAIN_MENU", given: sentOne,
			steps: []step{{50, menu, "", Leaving}, {100, connecting, "", Joining}, {1600, downloading, "", Joining}, {6000, inGame, "joined", NoJob}},
		},
		{
			name: "rule 6: from MAIN_MENU straight to IN_GAME, the rest being too quick to see", given: sentOne,
			steps: []step{{50, inGame, "joined", NoJob}},
		},
		{
			name: "rule 6: from IN_GAME through MAIN_MENU is no fall back", given: clientGame,
			steps: []step{
				{0, Ask(), "asked, read", Waiting}, {1, password, "", Waiting}, {2, inGame, "send 1", Posting}, {3, accepted, "accepted", Leaving},
				{50, inGame, "", Leaving}, {100, disconnecting, "", Joining}, {1000, menu, "", Joining}, {5900, menu, "", Joining},
				{5950, connecting, "", Joining}, {9000, inGame, "joined", NoJob},
			},
		},
		{
			name: "rule 6: IN_GAME right after a POST from IN_GAME is not joined yet", given: clientGame,
			steps: []step{
				{0, Ask(), "asked, read", Waiting}, {1, password, "", Waiting}, {2, inGame, "send 1", Posting}, {3, accepted, "accepted", Leaving},
				{50, inGame, "", Leaving}, {4000, inGame, "", Leaving}, {4500, disconnecting, "", Joining}, {9000, inGame, "joined", NoJob},
			},
		},
		{
			name: "rule 6: unanswered counts as maybe: the client's state tells", given: asked,
			steps: []step{{0, menu, "send 1", Posting}, {2000, unanswered, "unanswered", Leaving}, {2050, connecting, "", Joining}, {9000, inGame, "joined", NoJob}},
		},
		{
			name: "rule 6: silence and new words on the way do no harm", given: sentOne,
			steps: []step{
				{50, noAnswer, "", Leaving}, {100, newWord, "", Leaving}, {2000, connecting, "", Joining}, {4000, noAnswer, "", Joining},
				{5000, newWord, "", Joining}, {9000, inGame, "joined", NoJob},
			},
		},
		{
			name: "rule 6: a join that takes nearly join_timeout", given: sentOne,
			steps: []step{{50, connecting, "", Joining}, {1000, downloading, "", Joining}, {179_999, downloading, "", Joining}, {179_999, inGame, "joined", NoJob}},
		},
	})
}

func TestRule6NotSent(t *testing.T) {
	runScenarios(t, []scenario{
		{
			name: "rule 1: not sent: the status is asked for again and it is sent, as the same attempt", given: asked,
			steps: []step{
				{0, menu, "send 1", Posting}, {1, notSent, "not_sent", Waiting}, {2, menu, "send 1", Posting}, {3, accepted, "accepted", Leaving},
				{50, connecting, "", Joining}, {9000, inGame, "joined", NoJob},
			},
		},
		{
			name: "rule 1: not sent, and busy by then: waits", given: asked,
			steps: []step{{0, menu, "send 1", Posting}, {1, notSent, "not_sent", Waiting}, {2, connecting, "", Waiting}, {50, menu, "ready, send 1", Posting}},
		},
		{
			name: "rule 2: not sent, and another program there by then: nothing goes to it", given: asked,
			steps: []step{{0, menu, "send 1", Posting}, {1, notSent, "not_sent", Waiting}, {2, notAltV, "failed port_taken", NoJob}, {50, menu, "ready", NoJob}},
		},
		{
			name: "rule 4: not sent, and the server down by then: anew when it is back", given: restartJob,
			steps: []step{
				{0, menu, "send 1", Posting}, {1, serverDown, "", Posting}, {2, notSent, "not_sent, cancelled server_down", NoJob}, {50, menu, "", NoJob},
				{1000, serverUp, "", NoJob}, {1500, Tick(), "triggered server_restart, read", Waiting},
			},
		},
		{
			name: "rule 7: not sent, and paused by then: stays unsent", given: restartJob,
			steps: []step{
				{0, menu, "send 1", Posting}, {1, Pause(0), "paused 0s", Posting}, {2, notSent, "not_sent, cancelled turned_off", NoJob}, {50, menu, "", NoJob},
			},
		},
		{
			name: "rule 7: not sent, and automatic reconnects off by then: stays unsent", given: restartJob,
			steps: []step{
				{0, menu, "send 1", Posting}, {1, configured(notAuto), "", Posting}, {2, notSent, "not_sent, cancelled turned_off", NoJob}, {50, menu, "", NoJob},
			},
		},
		{
			name: "not sent, and another profile by then: its password goes nowhere for this", given: asked,
			steps: []step{
				{0, menu, "send 1", Posting}, {1, configured(func(c *Config) { c.Profile = "other" }), "", Posting},
				{2, notSent, "not_sent, failed settings_changed", NoJob}, {50, menu, "", NoJob},
			},
		},
		{
			name: "an answer for another job counts for nothing", given: asked,
			steps: []step{{0, menu, "send 1", Posting}, {1, Sent(77, debugport.Accepted, 200), "", Posting}, {2, accepted, "accepted", Leaving}, {3, accepted, "", Leaving}},
		},
	})
}

func TestRule6FailedAttempts(t *testing.T) {
	runScenarios(t, []scenario{
		{
			name: "rule 6: no reaction within 5 s", given: sentOne,
			steps: []step{{50, menu, "", Leaving}, {4999, menu, "", Leaving}, {5000, menu, "no_reaction, again in 1s", Backoff}},
		},
		{
			name: "rule 6: no reaction of a client in game", given: clientGame,
			steps: []step{
				{0, Ask(), "asked, read", Waiting}, {1, password, "", Waiting}, {2, inGame, "send 1", Posting}, {3, accepted, "accepted", Leaving},
				{4999, inGame, "", Leaving}, {5002, inGame, "no_reaction, again in 1s", Backoff},
			},
		},
		{
			name: "rule 6: join_timeout", given: sentOne,
			steps: []step{{50, connecting, "", Joining}, {179_999, downloading, "", Joining}, {180_000, downloading, "join_timeout, again in 1s", Backoff}},
		},
		{
			name: "rule 6: join_timeout without any answer", given: sentOne,
			steps: []step{{2000, noAnswer, "", Leaving}, {179_999, noAnswer, "", Leaving}, {180_000, Tick(), "join_timeout, again in 1s", Backoff}},
		},
		{
			name: "rule 6: fell back", given: sentOne,
			steps: []step{{50, connecting, "", Joining}, {9000, menu, "fell_back, again in 1s", Backoff}},
		},
		{
			name: "rule 6: from IN_GAME it stays in MAIN_MENU for 5 s", given: then(clientGame,
				step{1000, Ask(), "asked, read", Waiting}, step{1001, password, "", Waiting}, step{1002, inGame, "send 1", Posting}, step{1003, accepted, "accepted", Leaving}),
			steps: []step{{50, disconnecting, "", Joining}, {1000, menu, "", Joining}, {5999, menu, "", Joining}, {6000, menu, "fell_back, again in 1s", Backoff}},
		},
		{
			name: "rule 6: the client's error", given: sentOne,
			steps: []step{{50, connecting, "", Joining}, {9000, clientError, "client_error, again in 1s", Backoff}},
		},
		{
			name: "rule 6: the client said no", given: asked,
			steps: []step{{0, menu, "send 1", Posting}, {1, refused, "refused, client_refused, again in 1s", Backoff}},
		},
		{
			name: "rule 6: none is repeated by hand with automatic reconnects off", given: sentOne, config: notAuto,
			steps: []step{{50, connecting, "", Joining}, {9000, menu, "failed fell_back", NoJob}, {60_000, menu, "", NoJob}},
		},
		{
			name: "rule 6: none is repeated with the server down", given: then([]step{{0, serverDown, "", NoJob}, {0, menu, "", NoJob}},
				step{0, Ask(), "asked, read", Waiting}, step{0, password, "", Waiting}, step{0, menu, "send 1", Posting}, step{0, accepted, "accepted", Leaving}),
			steps: []step{{50, connecting, "", Joining}, {10_000, menu, "failed fell_back", NoJob}, {60_000, menu, "", NoJob}},
		},
		{
			name: "rule 6: attempts under 1 are one", given: sentOne, config: func(c *Config) { c.Attempts = 0 },
			steps: []step{{5000, menu, "failed no_reaction", NoJob}, {60_000, menu, "", NoJob}},
		},
		{
			name: "rule 6: the client quits in the middle", given: sentOne,
			steps: []step{{50, connecting, "", Joining}, {9000, notRunning, "failed client_quit", NoJob}, {60_000, notRunning, "", NoJob}},
		},
		{
			name: "rule 6: the port is taken in the middle", given: sentOne,
			steps: []step{{50, connecting, "", Joining}, {9000, notAltV, "failed port_taken", NoJob}, {60_000, notAltV, "", NoJob}},
		},
	})
}

func TestRule6NextAttempt(t *testing.T) {
	failed := then(sentOne, step{6000, menu, "no_reaction, again in 1s", Backoff})
	runScenarios(t, []scenario{
		{
			name: "rule 6: after the pause, with a password read anew and a fresh status", given: failed,
			steps: []step{
				{999, menu, "", Backoff}, {1000, Tick(), "read", Waiting}, {1001, menu, "", Waiting}, {1002, password, "", Waiting}, {1050, menu, "send 2", Posting},
				{1051, accepted, "accepted", Leaving}, {1100, connecting, "", Joining}, {9000, inGame, "joined", NoJob},
			},
		},
		{
			name: "rule 6: asked for in the pause: at once", given: failed,
			steps: []step{{10, Ask(), "asked again, read", Waiting}, {11, password, "", Waiting}, {12, menu, "send 2", Posting}},
		},
		{
			name: "rule 6: the server goes down in the pause", given: failed,
			steps: []step{{10, serverDown, "failed server_down", NoJob}, {1000, menu, "", NoJob}, {2000, serverUp, "", NoJob}, {2500, Tick(), "triggered server_restart, read", Waiting}},
		},
		{
			name: "rule 6: only while the server is ready: down while the repeated one waits", given: failed,
			steps: []step{
				{900, loading, "", Backoff}, {1000, Tick(), "read", Waiting}, {1001, password, "", Waiting}, {1002, serverDown, "failed server_down", NoJob}, {3000, menu, "ready", NoJob},
			},
		},
		{
			name: "rule 6: only while the server is ready: nothing known of it while the repeated one waits", given: failed,
			steps: []step{
				{900, loading, "", Backoff}, {1000, Tick(), "read", Waiting}, {1001, password, "", Waiting}, {1002, serverUnknown, "", Waiting}, {3000, menu, "ready", Waiting},
			},
		},
		{
			name: "rule 6: the late reaction to the first attempt gets him there: joined, not cut off", given: failed,
			steps: []step{
				{500, connecting, "", Backoff}, {1000, Tick(), "read", Waiting}, {1001, password, "", Waiting}, {1050, connecting, "", Waiting},
				{3000, downloading, "", Waiting}, {8000, inGame, "joined", NoJob}, {8050, inGame, "", NoJob}, {60_000, inGame, "", NoJob},
			},
		},
		{
			name: "rule 6: a download longer than join_timeout gets him there: joined, not cut off",
			given: then(sentOne, step{1050, connecting, "", Joining}, step{2000, downloading, "", Joining},
				step{181_000, downloading, "join_timeout, again in 1s", Backoff}),
			steps: []step{
				{1000, Tick(), "read", Waiting}, {1001, password, "", Waiting}, {1050, downloading, "", Waiting}, {60_000, inGame, "joined", NoJob}, {60_050, inGame, "", NoJob},
			},
		},
		{
			name:  "rule 6: a late reaction that falls back is followed by the next attempt",
			given: failed,
			steps: []step{
				{500, connecting, "", Backoff}, {1000, Tick(), "read", Waiting}, {1001, password, "", Waiting}, {1050, connecting, "", Waiting},
				{8000, menu, "ready, send 2", Posting},
			},
		},
		{
			name: "rule 6: a client that never left the game gets the next attempt there",
			given: then(clientGame, step{1000, Ask(), "asked, read", Waiting}, step{1000, password, "", Waiting}, step{1000, inGame, "send 1", Posting},
				step{1000, accepted, "accepted", Leaving}, step{6000, inGame, "no_reaction, again in 1s", Backoff}),
			steps: []step{{1000, Tick(), "read", Waiting}, {1001, password, "", Waiting}, {1050, inGame, "send 2", Posting}},
		},
	})
}

// TestRule6Backoff: 1, 2, 4, 8, 16, 30, 30 … seconds, attempts times.
func TestRule6Backoff(t *testing.T) {
	c := usual()
	c.Attempts = 9
	r := newRunner(t, c)
	r.play(0, asked)
	want := []string{"1s", "2s", "4s", "8s", "16s", "30s", "30s", "30s"}
	for i, pause := range want {
		n := string(rune('1' + i))
		r.play(r.now, []step{
			{0, menu, "send " + n, Posting}, {1, accepted, "accepted", Leaving},
			{5000, menu, "no_reaction, again in " + pause, Backoff},
		})
		over := r.state.job.Until
		r.play(over, []step{{-1, menu, "", Backoff}, {0, Tick(), "read", Waiting}, {1, password, "", Waiting}})
	}
	r.play(r.now, []step{{0, menu, "send 9", Posting}, {1, accepted, "accepted", Leaving}, {5000, menu, "failed no_reaction", NoJob}})
	r.play(r.now, []step{{60_000, menu, "", NoJob}, {600_000, menu, "", NoJob}})
	// A click, or the next restart, begins afresh.
	r.play(r.now, []step{
		{0, serverDown, "", NoJob}, {0, serverUp, "", NoJob}, {500, Tick(), "triggered server_restart, read", Waiting},
		{501, password, "", Waiting}, {550, menu, "send 1", Posting}, {551, refused, "refused, client_refused, again in 1s", Backoff},
	})
}

func TestRule6WrongPassword(t *testing.T) {
	once := then(sentOne, step{1050, connecting, "", Joining}, step{9000, menu, "fell_back, again in 1s", Backoff},
		step{10_000, Tick(), "read", Waiting}, step{10_001, password, "", Waiting}, step{10_050, menu, "send 2", Posting},
		step{10_051, accepted, "accepted", Leaving})
	runScenarios(t, []scenario{
		{
			name: "rule 6: two that fell back to MAIN_MENU", given: once,
			steps: []step{{50, downloading, "", Joining}, {9000, menu, "failed wrong_password", NoJob}, {60_000, menu, "", NoJob}, {600_000, menu, "", NoJob}},
		},
		{
			name: "rule 6: two that fell back to ERROR", given: once,
			steps: []step{{50, downloading, "", Joining}, {9000, clientError, "failed wrong_password", NoJob}, {60_000, menu, "ready", NoJob}},
		},
		{
			name: "rule 6: not where the second never got to CONNECTING", given: once,
			steps: []step{{5000, menu, "no_reaction, again in 2s", Backoff}},
		},
		{
			name: "rule 6: not where the server went down meanwhile", given: once,
			steps: []step{{50, connecting, "", Joining}, {60, serverDown, "", Joining}, {9000, menu, "failed server_down", NoJob}},
		},
		{
			name: "rule 6: not with another password since", given: once,
			steps: []step{{10, PasswordChanged(), "", Leaving}, {50, connecting, "", Joining}, {9000, menu, "fell_back, again in 2s", Backoff}},
		},
		{
			name: "rule 6: afterwards a click begins afresh, with one fall to spare", given: once,
			steps: []step{
				{50, downloading, "", Joining}, {9000, menu, "failed wrong_password", NoJob}, {10_000, Ask(), "asked, read", Waiting},
				{10_001, password, "", Waiting}, {10_002, menu, "send 1", Posting}, {10_003, accepted, "accepted", Leaving},
				{10_050, connecting, "", Joining}, {19_000, menu, "fell_back, again in 1s", Backoff},
			},
		},
		{
			name: "rule 6: a join in between clears it", given: once,
			steps: []step{
				{50, connecting, "", Joining}, {9000, inGame, "joined", NoJob}, {10_000, Ask(), "asked, read", Waiting}, {10_001, password, "", Waiting},
				{10_002, inGame, "send 1", Posting}, {10_003, accepted, "accepted", Leaving}, {10_050, connecting, "", Joining}, {19_000, menu, "fell_back, again in 1s", Backoff},
			},
		},
		{
			name: "rule 6: an attempt that never got so far is none of the row", given: once,
			steps: []step{
				{5000, menu, "no_reaction, again in 2s", Backoff}, {7000, Tick(), "read", Waiting}, {7001, password, "", Waiting},
				{7002, menu, "send 3", Posting}, {7003, accepted, "accepted", Leaving}, {7050, connecting, "", Joining}, {16_000, menu, "failed wrong_password", NoJob},
			},
		},
		{
			name: "rule 6: one in between that got so far and did not fall back ends the row", given: once,
			steps: []step{
				{50, downloading, "", Joining}, {180_000, downloading, "join_timeout, again in 2s", Backoff}, {182_000, Tick(), "read", Waiting},
				{182_001, password, "", Waiting}, {190_000, menu, "ready, send 3", Posting}, {190_001, accepted, "accepted", Leaving},
				{190_050, connecting, "", Joining}, {199_000, menu, "fell_back, again in 4s", Backoff},
			},
		},
		{
			name: "rule 6: two clicks in a row, automatic reconnects off", config: notAuto, given: then(sentOne, step{1050, connecting, "", Joining}, step{9000, menu, "failed fell_back", NoJob}),
			steps: []step{
				{0, Ask(), "asked, read", Waiting}, {1, password, "", Waiting}, {2, menu, "send 1", Posting}, {3, accepted, "accepted", Leaving},
				{50, connecting, "", Joining}, {9000, menu, "failed wrong_password", NoJob},
			},
		},
	})
}

func TestRule6ServerInTheMiddle(t *testing.T) {
	runScenarios(t, []scenario{
		{
			name: "rule 6: down mid-join: the join is not cut off, and fails by itself", given: restartSent,
			steps: []step{
				{50, connecting, "", Joining}, {60, serverDown, "", Joining}, {10_000, menu, "cancelled server_down", NoJob},
				{20_000, serverUp, "", NoJob}, {20_500, Tick(), "triggered server_restart, read", Waiting},
			},
		},
		{
			name: "rule 5: a restart mid-join: one more after it has joined", given: restartSent,
			steps: []step{
				{50, connecting, "", Joining}, {60, serverDown, "", Joining}, {70, serverUp, "", Joining}, {570, connecting, "", Joining},
				{9000, inGame, "joined, triggered server_restart, read", Waiting}, {9001, password, "", Waiting}, {9050, inGame, "send 1", Posting},
				{9051, accepted, "accepted", Leaving}, {9100, disconnecting, "", Joining}, {10_000, connecting, "", Joining}, {15_000, inGame, "joined", NoJob}, {60_000, inGame, "", NoJob},
			},
		},
		{
			name: "rule 5: a restart mid-join: one more after it fell back", given: restartSent,
			steps: []step{
				{50, connecting, "", Joining}, {60, serverDown, "", Joining}, {70, serverUp, "", Joining}, {570, connecting, "", Joining},
				{9000, menu, "cancelled fell_back, triggered server_restart, read", Waiting}, {9001, password, "", Waiting}, {9050, menu, "send 1", Posting},
			},
		},
		{
			name: "rule 5: several restarts mid-join: one more after", given: restartSent,
			steps: []step{
				{50, connecting, "", Joining}, {60, serverDown, "", Joining}, {70, serverUp, "", Joining}, {570, connecting, "", Joining},
				{600, serverDown, "", Joining}, {700, serverUp, "", Joining}, {1200, Tick(), "", Joining},
				{9000, inGame, "joined, triggered server_restart, read", Waiting}, {9001, password, "", Waiting}, {9050, inGame, "send 1", Posting},
				{9051, accepted, "accepted", Leaving}, {9100, disconnecting, "", Joining}, {15_000, inGame, "joined", NoJob}, {60_000, inGame, "", NoJob},
			},
		},
		{
			name: "rule 5: down again before the one more could be sent: none until it is back", given: restartSent,
			steps: []step{
				{50, connecting, "", Joining}, {60, serverDown, "", Joining}, {70, serverUp, "", Joining}, {570, connecting, "", Joining},
				{600, serverDown, "", Joining}, {9000, inGame, "joined", NoJob}, {9050, inGame, "", NoJob},
			},
		},
	})
}
