package monitor

import (
	"testing"
	"time"
)

// Pending reconnects that no longer hold, and events that must be reported only once:
// what one rule leaves behind for another.

func TestPendingReconnectsThatNoLongerHold(t *testing.T) {
	unknownGone := []step{{0, serverUnknown, "", NoJob}, {0, notRunning, "", NoJob}}
	unknownGame := []step{{0, serverUnknown, "", NoJob}, {0, inGame, "", NoJob}}
	always := func(c *Config) { c.OnDrop, c.OnLaunch = true, false }
	runScenarios(t, []scenario{
		{
			name: "a start, paused and resumed before the server was ready", given: unknownGone,
			steps: []step{
				{0, loading, "", NoJob}, {10, Pause(0), "paused 0s", NoJob}, {20, Resume(), "resumed", NoJob},
				{30, serverUp, "", NoJob}, {530, Tick(), "", NoJob}, {11_000, menu, "ready", NoJob},
			},
		},
		{
			name: "a drop, and the client quit before the server was ready", given: unknownGame, config: always,
			steps: []step{
				{0, disconnecting, "", NoJob}, {10, notRunning, "", NoJob}, {20, serverUp, "", NoJob}, {530, Tick(), "", NoJob},
				{2000, loading, "", NoJob}, {11_000, menu, "ready", NoJob},
			},
		},
		{
			name: "a drop, and another program on the port before the server was ready", given: unknownGame, config: always,
			steps: []step{
				{0, disconnecting, "", NoJob}, {10, notAltV, "", NoJob}, {20, serverUp, "", NoJob}, {530, Tick(), "", NoJob}, {2000, menu, "ready", NoJob},
			},
		},
		{
			name: "a drop between attempts, and all called off", config: always,
			given: then(clientGame, step{1000, Ask(), "asked, read", Waiting}, step{1000, password, "", Waiting}, step{1000, inGame, "send 1", Posting},
				step{1000, accepted, "accepted", Leaving}, step{6000, inGame, "no_reaction, again in 1s", Backoff}),
			steps: []step{{100, disconnecting, "", Backoff}, {200, Cancel(0), "cancelled cancelled", NoJob}, {1000, menu, "ready", NoJob}, {60_000, menu, "", NoJob}},
		},
		{
			name: "a start's reconnect that the client reacts to late", given: then(clientGone, step{1000, loading, "triggered client_start, read", Waiting},
				step{1000, password, "", Waiting}, step{11_000, menu, "ready, send 1", Posting}, step{11_000, accepted, "accepted", Leaving},
				step{16_000, menu, "no_reaction, again in 1s", Backoff}),
			steps: []step{{100, connecting, "", Backoff}, {5000, inGame, "joined", NoJob}, {9000, inGame, "", NoJob}},
		},
		{
			name: "rule 8: a restart while the client's state is not known yet after a sleep counts", given: then(clientMenu, step{1000, Woke(), "slept", NoJob}),
			steps: []step{{0, serverDown, "", NoJob}, {10, serverUp, "", NoJob}, {510, Tick(), "", NoJob}, {600, menu, "triggered server_restart, read", Waiting}},
		},
		{
			name: "rule 4: a server that gets ready during a join by hand needs no second one", given: then([]step{{0, serverDown, "", NoJob}, {0, menu, "", NoJob}},
				step{0, Ask(), "asked, read", Waiting}, step{0, password, "", Waiting}, step{0, menu, "send 1", Posting}, step{0, accepted, "accepted", Leaving}),
			steps: []step{
				{50, connecting, "", Joining}, {60, serverUp, "", Joining}, {560, Tick(), "", Joining}, {9000, inGame, "joined", NoJob}, {60_000, inGame, "", NoJob},
			},
		},
		{
			name: "rule 4: an automatic one waits no longer than join_timeout for a server that nothing is known of", given: then(restartJob, step{1500, loading, "", Waiting}),
			steps: []step{{0, serverUnknown, "", Waiting}, {179_999, loading, "", Waiting}, {180_000, loading, "cancelled server_down", NoJob}},
		},
		{
			name: "rule 1: how long a client was busy before the ask does not count", given: then(serverReady, step{1000, clientError, "", NoJob}),
			steps: []step{{3_600_000, Ask(), "asked, read", Waiting}, {3_600_050, clientError, "", Waiting}, {3_600_100, password, "", Waiting}, {3_700_000, menu, "ready, send 1", Posting}},
		},
		{
			name: "rule 6: falls before a restart say nothing of the password after it", given: then(sentOne,
				step{1050, connecting, "", Joining}, step{9000, menu, "fell_back, again in 1s", Backoff}, step{9000, serverDown, "failed server_down", NoJob},
				step{9000, serverUp, "", NoJob}, step{9500, Tick(), "triggered server_restart, read", Waiting}, step{9500, password, "", Waiting},
				step{9550, menu, "send 1", Posting}, step{9550, accepted, "accepted", Leaving}),
			steps: []step{{50, connecting, "", Joining}, {9000, menu, "fell_back, again in 1s", Backoff}},
		},
	})
}

func TestNewsOfADrop(t *testing.T) {
	runScenarios(t, []scenario{
		{
			name: "told where the server is up again, but not yet ready", given: clientGame,
			steps: []step{{0, serverDown, "", NoJob}, {100, serverUp, "", NoJob}, {200, disconnecting, "dropped", NoJob}},
		},
		{
			name: "a drop that was told does not silence the next arrival in the menu", given: clientGame, config: notAuto,
			steps: []step{
				{0, serverDown, "", NoJob}, {100, disconnecting, "dropped turned_off", NoJob}, {1000, menu, "", NoJob}, {2000, serverUp, "", NoJob},
				{2500, Tick(), "", NoJob}, {3000, connecting, "", NoJob}, {5000, inGame, "", NoJob}, {9000, menu, "ready", NoJob},
			},
		},
	})
}

func TestFallsThatAreNone(t *testing.T) {
	runScenarios(t, []scenario{
		{
			name: "rule 6: two that fell back and never got to CONNECTING say nothing of the password", given: sentOne,
			steps: []step{
				{50, loading, "", Joining}, {1000, menu, "fell_back, again in 1s", Backoff}, {2000, Tick(), "read", Waiting}, {2000, password, "", Waiting},
				{2050, menu, "send 2", Posting}, {2050, accepted, "accepted", Leaving}, {2100, loading, "", Joining}, {3000, menu, "fell_back, again in 2s", Backoff},
			},
		},
		{
			name: "rule 6: out of the game, the main menu is given its 5 s each time", given: then(clientGame,
				step{1000, Ask(), "asked, read", Waiting}, step{1000, password, "", Waiting}, step{1000, inGame, "send 1", Posting}, step{1000, accepted, "accepted", Leaving}),
			steps: []step{{50, disconnecting, "", Joining}, {1000, menu, "", Joining}, {4000, loading, "", Joining}, {7000, menu, "", Joining}, {11_999, menu, "", Joining}, {12_000, menu, "fell_back, again in 1s", Backoff}},
		},
		{
			name: "a password that comes after another was stored is not taken", given: restartCountdown, config: func(c *Config) { c.Delay = 3 * time.Second },
			steps: []step{{100, PasswordChanged(), "", Countdown}, {200, password, "", Countdown}, {2950, menu, "read", Waiting}},
		},
	})
}

// TestAnotherAddressIsAskedAtOnce: nothing is known of it.
func TestAnotherAddressIsAskedAtOnce(t *testing.T) {
	r := newRunner(t, usual())
	r.play(0, clientMenu)
	r.step(r.now, configured(func(c *Config) { c.Client = "127.0.0.1:9224" }))
	if !r.out.PollNow {
		t.Error("it is not")
	}
	r.step(r.now, Configured(r.state.cfg))
	if r.out.PollNow {
		t.Error("the same address is asked again at once")
	}
}
