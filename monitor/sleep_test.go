package monitor

import (
	"testing"
	"time"
)

// Rule 8: after a sleep nothing is announced or sent until a fresh status and
// a fresh server state are known.

func TestRule8(t *testing.T) {
	var (
		gameSlept = then(clientGame, step{1000, Woke(), "slept", NoJob})
		menuSlept = then(clientMenu, step{1000, Woke(), "slept", NoJob})
		joinSlept = then(sentOne, step{1050, connecting, "", Joining}, step{1100, Woke(), "slept", Joining})
	)
	runScenarios(t, []scenario{
		{
			name: "rule 8: another state than before is news to nobody", given: gameSlept, config: onDrop,
			steps: []step{{0, menu, "", NoJob}, {100, serverUp, "", NoJob}, {600, Tick(), "", NoJob}, {1000, menu, "", NoJob}, {60_000, menu, "", NoJob}},
		},
		{
			name: "rule 8: the server first, the client then", given: gameSlept,
			steps: []step{{0, serverUp, "", NoJob}, {600, Tick(), "", NoJob}, {1000, menu, "", NoJob}, {60_000, menu, "", NoJob}},
		},
		{
			name: "rule 8: a click waits for the server's state too", given: menuSlept,
			steps: []step{
				{0, Ask(), "asked", Waiting}, {10, menu, "read", Waiting}, {20, password, "", Waiting}, {50, menu, "", Waiting}, {100, menu, "", Waiting},
				{150, serverDown, "", Waiting}, {200, menu, "send 1", Posting},
			},
		},
		{
			name: "rule 8: a click waits for the status too", given: menuSlept,
			steps: []step{{0, Ask(), "asked", Waiting}, {10, serverUp, "", Waiting}, {60, Tick(), "", Waiting}, {100, menu, "read", Waiting}, {110, password, "", Waiting}, {150, menu, "send 1", Posting}},
		},
		{
			name: "rule 8: that nothing can be known of the server is known, too", given: menuSlept,
			steps: []step{{0, Ask(), "asked", Waiting}, {10, serverUnknown, "", Waiting}, {20, menu, "read", Waiting}, {30, password, "", Waiting}, {60, menu, "send 1", Posting}},
		},
		{
			name: "rule 8: a reconnect that waits goes on afterwards", given: then(asked, step{1000, Woke(), "slept", Waiting}),
			steps: []step{{0, menu, "", Waiting}, {50, serverUp, "", Waiting}, {100, menu, "send 1", Posting}},
		},
		{
			name: "rule 8: an automatic one waits for the server to be ready again", given: then(restartJob, step{1500, Woke(), "slept", Waiting}),
			steps: []step{{0, menu, "", Waiting}, {50, serverUp, "", Waiting}, {100, menu, "", Waiting}, {550, menu, "send 1", Posting}},
		},
		{
			name: "rule 8: down when the computer woke", given: then(restartJob, step{1500, Woke(), "slept", Waiting}),
			steps: []step{{0, menu, "", Waiting}, {50, serverDown, "cancelled server_down", NoJob}, {100, menu, "", NoJob}, {200, serverUp, "", NoJob}, {700, Tick(), "triggered server_restart, read", Waiting}},
		},
		{
			name: "rule 8: a join that ended meanwhile is announced when both sides are known", given: joinSlept,
			steps: []step{{0, inGame, "", Joining}, {50, serverUp, "", Joining}, {100, inGame, "joined", NoJob}},
		},
		{
			name: "rule 8: a join that failed meanwhile is announced when both sides are known", given: joinSlept,
			steps: []step{{0, menu, "", Joining}, {50, serverUp, "", Joining}, {100, menu, "failed fell_back", NoJob}},
		},
		{
			name: "rule 8: a join gets its time anew", given: joinSlept,
			steps: []step{{10, serverUp, "", Joining}, {50, downloading, "", Joining}, {179_999, downloading, "", Joining}, {180_001, downloading, "join_timeout, again in 1s", Backoff}},
		},
		{
			name: "rule 8: the POST was out", given: then(asked, step{1000, menu, "send 1", Posting}, step{1000, Woke(), "slept", Posting}),
			steps: []step{{10, unanswered, "unanswered", Leaving}, {50, serverUp, "", Leaving}, {60, connecting, "", Joining}, {9000, inGame, "joined", NoJob}},
		},
		{
			name: "rule 8: between attempts", given: then(sentOne, step{6000, menu, "no_reaction, again in 1s", Backoff}, step{6000, Woke(), "slept", Backoff}),
			steps: []step{
				{1000, Tick(), "read", Waiting}, {1001, password, "", Waiting}, {1050, menu, "", Waiting}, {1100, serverUp, "", Waiting}, {1150, menu, "", Waiting},
				{1600, menu, "send 2", Posting},
			},
		},
		{
			name: "rule 8: in the countdown", given: then(clientMenu, step{1000, serverDown, "", NoJob}, step{1000, serverUp, "", NoJob},
				step{1500, Tick(), "triggered server_restart, read", Waiting}, step{1500, password, "counting down 3s", Countdown}, step{1500, Woke(), "slept", Countdown}),
			config: func(c *Config) { c.Delay = 3 * time.Second },
			steps:  []step{{3000, Tick(), "", Waiting}, {3050, menu, "", Waiting}, {3100, serverUp, "", Waiting}, {3600, menu, "send 1", Posting}},
		},
		{
			name: "rule 8: a client started while the computer slept is no start", given: then(clientGone, step{1000, Woke(), "slept", NoJob}),
			steps: []step{{0, menu, "", NoJob}, {10, serverUp, "", NoJob}, {600, menu, "", NoJob}, {60_000, menu, "", NoJob}},
		},
		{
			name: "rule 8: what happens afterwards is news again", given: gameSlept,
			steps: []step{{0, inGame, "", NoJob}, {10, serverUp, "", NoJob}, {600, Tick(), "", NoJob}, {1000, menu, "ready", NoJob}},
		},
		{
			name: "rule 8: a second sleep before the first is over", given: menuSlept,
			steps: []step{{0, menu, "", NoJob}, {10, Woke(), "slept", NoJob}, {20, serverUp, "", NoJob}, {30, Ask(), "asked", Waiting}, {31, menu, "read", Waiting}, {32, password, "", Waiting}, {40, menu, "send 1", Posting}},
		},
		{
			name: "rule 8: and another profile", given: menuSlept,
			steps: []step{
				{0, menu, "", NoJob}, {10, configured(func(c *Config) { c.Profile = "other" }), "", NoJob}, {20, Ask(), "asked, read", Waiting},
				{30, password, "", Waiting}, {40, menu, "", Waiting}, {50, serverUp, "", Waiting}, {60, menu, "send 1", Posting},
			},
		},
	})
}

func TestSleepWatch(t *testing.T) {
	wall := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name             string
		dWall, dMono     time.Duration
		slept, sleptThen bool
	}{
		{name: "nothing passed"},
		{name: "time passed", dWall: 2 * time.Second, dMono: 2 * time.Second},
		{name: "a loaded machine", dWall: 20 * time.Second, dMono: 20 * time.Second},
		{name: "Linux slept", dWall: time.Hour, dMono: time.Second, slept: true},
		{name: "Windows slept", dWall: time.Hour, dMono: time.Hour, slept: true},
		{name: "the clock was set back", dWall: -time.Hour, dMono: time.Second},
		{name: "the clock was set right", dWall: 4 * time.Second, dMono: time.Second},
		{name: "the clock was set forward", dWall: time.Hour, dMono: time.Second, slept: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			at := wall
			w := sleepWatch{wall: func() time.Time { return at }}
			if w.slept(0) {
				t.Error("the first look tells of a sleep")
			}
			at = at.Add(c.dWall)
			if got := w.slept(c.dMono); got != c.slept {
				t.Errorf("slept: %v, want %v", got, c.slept)
			}
			if at = at.Add(time.Second); w.slept(c.dMono + time.Second) {
				t.Error("it tells of the same sleep twice")
			}
		})
	}
}
