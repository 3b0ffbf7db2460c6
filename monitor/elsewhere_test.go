package monitor

import "testing"

// A client that would go to a server on another computer is sent there by hand
// only: the password would go along.
func TestElsewhere(t *testing.T) {
	elsewhere := func(c *Config) { c.Elsewhere = true }
	then1 := func(given []step, ms int, in Input, does string, phase Phase) []step {
		return then(given, step{ms, in, does, phase})
	}
	runScenarios(t, []scenario{
		{
			name: "a restart is held back and told once", config: elsewhere, given: clientMenu,
			steps: []step{
				{0, serverDown, "", NoJob}, {100, serverUp, "", NoJob}, {600, menu, "held other_server", NoJob},
				{1600, menu, "", NoJob}, {60_000, menu, "", NoJob},
			},
		},
		{
			name: "so is one in game there", config: elsewhere, given: clientGame,
			steps: []step{{0, serverDown, "", NoJob}, {100, serverUp, "", NoJob}, {600, inGame, "held other_server", NoJob}, {60_000, inGame, "", NoJob}},
		},
		{
			name: "a drop tells that nothing will follow", config: elsewhere, given: clientGame,
			steps: []step{{0, serverDown, "", NoJob}, {100, menu, "dropped other_server", NoJob}, {200, serverUp, "", NoJob}, {700, menu, "held other_server", NoJob}},
		},
		{
			name: "the client's start is held back", config: elsewhere, given: clientGone,
			steps: []step{{0, loading, "held other_server", NoJob}, {11_000, menu, "ready", NoJob}, {60_000, menu, "", NoJob}},
		},
		{
			name: "a click is not", config: elsewhere, given: clientMenu,
			steps: []step{{0, Ask(), "asked, read", Waiting}, {0, password, "", Waiting}, {50, menu, "send 1", Posting}, {60, accepted, "accepted", Leaving}},
		},
		{
			name: "but its repetition is", config: elsewhere, given: sentOne,
			steps: []step{{6000, menu, "failed no_reaction", NoJob}},
		},
		{
			name: "a waiting one ends when the client goes elsewhere", given: restartJob,
			steps: []step{{0, configured(elsewhere), "failed other_server", NoJob}, {1000, menu, "", NoJob}},
		},
		{
			name: "one between two attempts ends too", given: then1(restartSent, 6500, menu, "no_reaction, again in 1s", Backoff),
			steps: []step{{0, configured(elsewhere), "failed other_server", NoJob}},
		},
		{
			name: "one by hand that waits goes on", given: asked,
			steps: []step{{0, configured(elsewhere), "", Waiting}, {50, menu, "send 1", Posting}},
		},
		{
			name: "a POST that did not leave is not made up for", given: then1(restartJob, 1500, menu, "send 1", Posting),
			steps: []step{{0, configured(elsewhere), "", Posting}, {10, notSent, "not_sent, failed other_server", NoJob}},
		},
		{
			name: "a join under way goes on", given: then1(restartSent, 1600, connecting, "", Joining),
			steps: []step{{0, configured(elsewhere), "", Joining}, {1000, inGame, "joined", NoJob}},
		},
		{
			name: "back at its own server it is automatic again", config: elsewhere, given: clientMenu,
			steps: []step{
				{0, configured(func(*Config) {}), "", NoJob}, {0, serverDown, "", NoJob}, {100, serverUp, "", NoJob},
				{600, menu, "triggered server_restart, read", Waiting},
			},
		},
	})
}
