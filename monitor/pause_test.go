package monitor

import (
	"testing"
	"time"
)

// Rule 7: a pause stops all that is automatic and nothing else. Turning
// automatic reconnects off does the same.

// automaticPhases are an automatic reconnect's phases, each with what stopping
// what is automatic does there.
func automaticPhases() []struct {
	name  string
	given []step
	does  string
	phase Phase
} {
	return []struct {
		name  string
		given []step
		does  string
		phase Phase
	}{
		{"none", clientMenu, "", NoJob},
		{"waiting", restartJob, "cancelled turned_off", NoJob},
		{"posting", then(restartJob, step{1500, menu, "send 1", Posting}), "", Posting},
		{"accepted", restartSent, "", Leaving},
		{"joining", then(restartSent, step{1600, connecting, "", Joining}), "", Joining},
		{"between attempts", then(restartSent, step{6500, menu, "no_reaction, again in 1s", Backoff}), "cancelled turned_off", NoJob},
		{"between attempts, asked for by hand", then(sentOne, step{6500, menu, "no_reaction, again in 1s", Backoff}), "failed turned_off", NoJob},
		{"a repeated attempt of one by hand waits", then(sentOne, step{6500, menu, "no_reaction, again in 1s", Backoff}, step{7500, Tick(), "read", Waiting}), "failed turned_off", NoJob},
		{"a repeated attempt that was asked for again waits", then(sentOne, step{6500, menu, "no_reaction, again in 1s", Backoff}, step{7500, Ask(), "asked again, read", Waiting}), "", Waiting},
		{"by hand, waiting", asked, "", Waiting},
		{"by hand, joining", then(sentOne, step{1600, connecting, "", Joining}), "", Joining},
	}
}

func TestRule7InEachPhase(t *testing.T) {
	var all []scenario
	for _, p := range automaticPhases() {
		all = append(all, scenario{
			name: "rule 7: paused, " + p.name, given: p.given,
			steps: []step{{0, Pause(0), joinWords("paused 0s", p.does), p.phase}},
		}, scenario{
			name: "rule 7: turned off, " + p.name, given: p.given,
			steps: []step{{0, configured(notAuto), p.does, p.phase}},
		}, scenario{
			name: "rule 7: resumed without a pause, " + p.name, given: p.given,
			steps: []step{{0, Resume(), "", p.given[len(p.given)-1].phase}},
		})
	}
	runScenarios(t, all)
}

// TestRule7Missed: what would have made a reconnect begin in the pause is told once
// it is over, and nothing else.
func TestRule7Missed(t *testing.T) {
	pausedFrom := func(given []step) []step { return then(given, step{1000, Pause(0), "paused 0s", NoJob}) }
	restarted := then(pausedFrom(clientMenu), step{1000, serverDown, "", NoJob}, step{1000, serverUp, "", NoJob}, step{1500, menu, "", NoJob})
	runScenarios(t, []scenario{
		{
			name: "rule 7: the pause ends by itself", given: clientMenu,
			steps: []step{
				{0, Pause(10 * time.Second), "paused 10s", NoJob}, {1, serverDown, "", NoJob}, {100, serverUp, "", NoJob}, {600, menu, "", NoJob},
				{10_000, Tick(), "resumed, missed server_restart", NoJob}, {11_000, menu, "", NoJob},
			},
		},
		{
			name: "rule 7: a client that still says IN_GAME has fallen out as well", given: pausedFrom(clientGame),
			steps: []step{{0, serverDown, "", NoJob}, {100, serverUp, "", NoJob}, {600, inGame, "", NoJob}, {1000, Resume(), "resumed, missed server_restart", NoJob}},
		},
		{
			name: "rule 7: a click after it sends", given: restarted,
			steps: []step{{0, Resume(), "resumed, missed server_restart", NoJob}, {10, Ask(), "asked, read", Waiting}, {11, password, "", Waiting}, {50, menu, "send 1", Posting}},
		},
		{
			name: "rule 7: the player has joined by itself since: nothing", given: restarted,
			steps: []step{{0, connecting, "", NoJob}, {9000, inGame, "", NoJob}, {10_000, Resume(), "resumed", NoJob}},
		},
		{
			name: "rule 7: the player has reconnected by hand since: nothing", given: restarted,
			steps: []step{
				{0, Ask(), "asked, read", Waiting}, {1, password, "", Waiting}, {2, menu, "send 1", Posting}, {3, accepted, "accepted", Leaving},
				{50, connecting, "", Joining}, {9000, inGame, "joined", NoJob}, {10_000, Resume(), "resumed", NoJob},
			},
		},
		{name: "rule 7: the client was closed since: nothing", given: restarted, steps: []step{{0, notRunning, "", NoJob}, {100, Resume(), "resumed", NoJob}, {5000, menu, "ready, triggered client_start, read", Waiting}}},
		{name: "rule 7: no client there at the restart: nothing", given: pausedFrom(clientGone), steps: []step{{0, serverDown, "", NoJob}, {100, serverUp, "", NoJob}, {600, Tick(), "", NoJob}, {1000, Resume(), "resumed", NoJob}}},
		{
			name: "rule 7: the server is down again: its next start brings the client back", given: restarted,
			steps: []step{{0, serverDown, "", NoJob}, {100, Resume(), "resumed", NoJob}, {200, serverUp, "", NoJob}, {700, menu, "triggered server_restart, read", Waiting}},
		},
		{
			name: "rule 7: a client that is busy is waited for", given: restarted,
			steps: []step{{0, loading, "", NoJob}, {100, Resume(), "resumed", NoJob}, {200, disconnecting, "", NoJob}, {300, noAnswer, "", NoJob}, {400, menu, "ready", NoJob}},
		},
		{
			name: "rule 7: another profile since: nothing", given: restarted,
			steps: []step{{0, configured(func(c *Config) { c.Profile = "other" }), "", NoJob}, {1, serverUp, "", NoJob}, {600, menu, "", NoJob}, {1000, Resume(), "resumed", NoJob}},
		},
		{name: "rule 7: turned off since: nothing", given: restarted, steps: []step{{0, configured(notAuto), "", NoJob}, {1000, Resume(), "resumed", NoJob}}},
		{name: "rule 7: turned off before: nothing", config: notAuto, given: restarted, steps: []step{{1000, Resume(), "resumed", NoJob}}},
		{
			name: "rule 7: the client would go elsewhere: nothing", given: restarted,
			steps: []step{{0, configured(func(c *Config) { c.Elsewhere = true }), "", NoJob}, {1000, Resume(), "resumed", NoJob}},
		},
		{
			name: "rule 7: a leave with the server up stays left", given: pausedFrom(clientGame),
			steps: []step{{0, menu, "ready", NoJob}, {1000, Resume(), "resumed", NoJob}, {2000, menu, "", NoJob}},
		},
		{
			name: "rule 7: always: a drop is told", config: onDrop, given: pausedFrom(clientGame),
			steps: []step{{0, menu, "ready", NoJob}, {1000, Resume(), "resumed, missed dropped", NoJob}, {2000, menu, "", NoJob}},
		},
		{name: "rule 7: a start is told", given: pausedFrom(clientGone), steps: []step{{0, loading, "", NoJob}, {11_000, menu, "ready", NoJob}, {12_000, Resume(), "resumed, missed client_start", NoJob}}},
		{
			name: "rule 8: told after a sleep, once both sides are known", given: restarted,
			steps: []step{{0, Woke(), "slept", NoJob}, {1, Resume(), "resumed", NoJob}, {2, menu, "", NoJob}, {3, serverUp, "", NoJob}, {503, menu, "missed server_restart", NoJob}},
		},
	})
}

func joinWords(a, b string) string {
	if b == "" {
		return a
	}
	return a + ", " + b
}

func TestRule7(t *testing.T) {
	paused := then(clientMenu, step{1000, Pause(0), "paused 0s", NoJob})
	runScenarios(t, []scenario{
		{
			name: "rule 7: a restart while paused is not made up for, but told", given: paused,
			steps: []step{
				{0, serverDown, "", NoJob}, {100, serverUp, "", NoJob}, {600, menu, "", NoJob}, {1000, Resume(), "resumed, missed server_restart", NoJob}, {1100, menu, "", NoJob},
				{60_000, menu, "", NoJob},
			},
		},
		{
			name: "rule 7: a start while paused is not made up for", given: then(clientGone, step{1000, Pause(0), "paused 0s", NoJob}),
			steps: []step{{0, loading, "", NoJob}, {100, Resume(), "resumed", NoJob}, {11_000, menu, "ready", NoJob}, {60_000, menu, "", NoJob}},
		},
		{
			name: "rule 7: a drop while paused is not made up for", config: onDrop, given: then(clientGame, step{1000, Pause(0), "paused 0s", NoJob}),
			steps: []step{{0, disconnecting, "", NoJob}, {100, Resume(), "resumed", NoJob}, {1000, menu, "ready", NoJob}, {60_000, menu, "", NoJob}},
		},
		{
			name: "rule 7: a drop while paused tells that nothing will follow", given: then(clientGame, step{1000, Pause(0), "paused 0s", NoJob}),
			steps: []step{{0, serverDown, "", NoJob}, {100, disconnecting, "dropped turned_off", NoJob}, {200, serverUp, "", NoJob}, {1000, menu, "", NoJob}, {60_000, Resume(), "resumed, missed server_restart", NoJob}, {70_000, menu, "", NoJob}},
		},
		{
			name: "rule 7: by hand it goes on as ever", given: paused,
			steps: []step{
				{0, Ask(), "asked, read", Waiting}, {1, password, "", Waiting}, {2, menu, "send 1", Posting}, {3, accepted, "accepted", Leaving},
				{50, connecting, "", Joining}, {9000, inGame, "joined", NoJob},
			},
		},
		{
			name: "rule 7: but is not repeated", given: paused,
			steps: []step{{0, Ask(), "asked, read", Waiting}, {1, password, "", Waiting}, {2, menu, "send 1", Posting}, {3, refused, "refused, failed client_refused", NoJob}},
		},
		{
			name: "rule 7: it ends when its time has come", given: clientMenu,
			steps: []step{
				{0, Pause(15 * time.Minute), "paused 15m0s", NoJob}, {899_999, Tick(), "", NoJob}, {900_000, Tick(), "resumed", NoJob},
				{900_001, serverDown, "", NoJob}, {900_001, serverUp, "", NoJob}, {900_501, Tick(), "triggered server_restart, read", Waiting},
			},
		},
		{
			name: "rule 7: the server goes down while paused, and is ready after it: a reconnect", given: paused,
			steps: []step{{0, serverDown, "", NoJob}, {100, Resume(), "resumed", NoJob}, {200, serverUp, "", NoJob}, {700, Tick(), "triggered server_restart, read", Waiting}},
		},
		{
			name: "rule 7: a second pause takes the place of the first", given: clientMenu,
			steps: []step{
				{0, Pause(9 * time.Second), "paused 9s", NoJob}, {1000, Pause(18 * time.Second), "paused 18s", NoJob},
				{9000, Tick(), "", NoJob}, {19_000, Tick(), "resumed", NoJob},
			},
		},
		{
			name: "rule 7: paused in the countdown", given: restartCountdown, config: func(c *Config) { c.Delay = 3 * time.Second },
			steps: []step{{0, Pause(0), "paused 0s, cancelled turned_off", NoJob}, {3000, menu, "", NoJob}},
		},
		{
			name: "rule 7: paused mid-join with a restart since: the join ends, nothing follows", given: restartSent,
			steps: []step{
				{50, connecting, "", Joining}, {60, serverDown, "", Joining}, {70, serverUp, "", Joining}, {570, connecting, "", Joining},
				{600, Pause(0), "paused 0s", Joining}, {9000, inGame, "joined", NoJob}, {9050, inGame, "", NoJob},
			},
		},
	})
}

// A client that is ready while nothing happens by itself is announced so.
func TestReadySaysWhetherAReconnectMayFollow(t *testing.T) {
	for name, c := range map[string]struct {
		config func(*Config)
		given  []step
		want   Reason
	}{
		"automatic": {given: clientLoads},
		"paused":    {given: then(clientLoads, step{1000, Pause(0), "paused 0s", NoJob}), want: TurnedOff},
		"missed in a pause": {
			given: then(clientGone, step{1000, Pause(0), "paused 0s", NoJob}, step{1000, loading, "", NoJob}, step{1000, Resume(), "resumed", NoJob}), want: TurnedOff,
		},
		"off": {given: clientLoads, config: func(c *Config) { c.Auto = false }, want: TurnedOff},
	} {
		config := usual()
		if c.config != nil {
			c.config(&config)
		}
		r := newRunner(t, config)
		r.play(0, then(c.given, step{1500, menu, "ready", NoJob}))
		for _, e := range r.out.Events {
			if e.Kind == ClientReady && (e.Reason != c.want || e.ByHand) {
				t.Errorf("%s: %+v, want the reason %v", name, e, c.want)
			}
		}
	}
}
