package monitor

import (
	"testing"

	"altv-tray/monitor/problem"
)

// ready = "signal": a game mode that never says that it is ready would leave the
// server down for good, and nobody would know why.
func TestRule5SignalMissing(t *testing.T) {
	open := func(st ServerState) Input {
		return ServerSeen(ServerFact{State: st, Why: *problem.New(problem.OpenWithoutSignal)})
	}
	opened, reopened := open(ServerUnknown), open(ServerDown)
	waits := ServerSeen(ServerFact{State: ServerUnknown, Why: *problem.New(problem.WaitsForSignal)})
	forgotten := ServerSeen(ServerFact{State: ServerUnknown})
	missing := []step{{0, menu, "", NoJob}, {0, waits, "", NoJob}, {0, opened, "", NoJob}, {60_000, Tick(), "signal missing", NoJob}}
	runScenarios(t, []scenario{
		{
			name: "rule 5: after a minute, once", given: []step{{0, waits, "", NoJob}},
			steps: []step{{0, opened, "", NoJob}, {59_999, Tick(), "", NoJob}, {60_000, Tick(), "signal missing", NoJob}, {61_000, menu, "", NoJob}, {3_600_000, Tick(), "", NoJob}},
		},
		{name: "rule 5: not while its port is not known to be open", given: []step{{0, waits, "", NoJob}}, steps: []step{{60_000, Tick(), "", NoJob}, {600_000, Tick(), "", NoJob}}},
		{name: "rule 5: not where it came in time", given: []step{{0, opened, "", NoJob}}, steps: []step{{59_000, serverUp, "", NoJob}, {60_000, Tick(), "", NoJob}, {600_000, Tick(), "", NoJob}}},
		{
			name: "rule 5: not where the server went down meanwhile", given: []step{{0, opened, "", NoJob}},
			steps: []step{{59_000, serverDown, "", NoJob}, {60_000, Tick(), "", NoJob}, {61_000, reopened, "", NoJob}, {120_999, Tick(), "", NoJob}, {121_000, Tick(), "signal missing", NoJob}},
		},
		{name: "rule 5: told again of the next run", given: missing, steps: []step{{0, serverDown, "", NoJob}, {1000, reopened, "", NoJob}, {61_000, Tick(), "signal missing", NoJob}}},
		{
			name: "rule 5: a run that was ready, and the next one says nothing", given: []step{{0, opened, "", NoJob}, {0, serverUp, "", NoJob}, {500, Tick(), "", NoJob}},
			steps: []step{{0, serverDown, "", NoJob}, {1000, reopened, "", NoJob}, {61_000, Tick(), "signal missing", NoJob}},
		},
		{
			name: "rule 8: a sleep does not make it another run", given: missing,
			steps: []step{{0, Woke(), "slept", NoJob}, {1, forgotten, "", NoJob}, {2, opened, "", NoJob}, {60_002, Tick(), "", NoJob}, {600_000, Tick(), "", NoJob}},
		},
		{
			name: "rule 8: nor is it told before both sides are known", given: []step{{0, menu, "", NoJob}, {0, opened, "", NoJob}},
			steps: []step{{59_000, Woke(), "slept", NoJob}, {60_000, Tick(), "", NoJob}, {61_000, opened, "", NoJob}, {121_000, Tick(), "signal missing", NoJob}},
		},
		{
			name: "rule 5: another profile is another server", given: missing,
			steps: []step{{0, configured(func(c *Config) { c.Profile = "other" }), "", NoJob}, {1, opened, "", NoJob}, {60_001, Tick(), "signal missing", NoJob}},
		},
		{
			name: "rule 5: it comes late: a reconnect as ever", given: missing,
			steps: []step{{0, serverDown, "", NoJob}, {0, serverUp, "", NoJob}, {500, menu, "triggered server_restart, read", Waiting}},
		},
	})
	byPort := configured(func(c *Config) { c.Ready = "port" })
	const trigger = "triggered server_restart, read"
	runScenarios(t, []scenario{
		{
			name: "rule 4: ready by the port instead: a client that was dropped meanwhile is brought back", given: then(clientGame,
				step{1000, serverDown, "", NoJob}, step{2000, menu, "dropped", NoJob}, step{3000, reopened, "", NoJob}, step{63_000, Tick(), "signal missing", NoJob}),
			steps: []step{{0, byPort, "", NoJob}, {0, serverUp, "", NoJob}, {499, menu, "", NoJob}, {500, menu, trigger, Waiting}},
		},
		{
			name: "rule 4: so is one that still says IN_GAME", given: then(clientGame, step{1000, serverDown, "", NoJob}, step{2000, reopened, "", NoJob}),
			steps: []step{{0, byPort, "", NoJob}, {0, serverUp, "", NoJob}, {500, inGame, trigger, Waiting}},
		},
		{
			name: "rule 4: so is one that was started meanwhile", given: then([]step{{0, opened, "", NoJob}, {0, notRunning, "", NoJob}},
				step{1000, loading, "", NoJob}, step{11_000, menu, "ready", NoJob}),
			steps: []step{{0, byPort, "", NoJob}, {0, serverUp, "", NoJob}, {500, menu, "triggered client_start, read", Waiting}},
		},
		{
			name: "rule 4: one that stood in MAIN_MENU all the time is not", given: missing,
			steps: []step{{0, byPort, "", NoJob}, {0, serverUp, "", NoJob}, {500, menu, "", NoJob}, {60_000, menu, "", NoJob}},
		},
		{
			name: "rule 4: nor is one that has got into the game by itself, whether it is still there or was left", given: then(clientGame,
				step{1000, serverDown, "", NoJob}, step{2000, menu, "dropped", NoJob}, step{3000, reopened, "", NoJob}, step{4000, connecting, "", NoJob}, step{9000, inGame, "", NoJob}),
			steps: []step{{0, byPort, "", NoJob}, {0, serverUp, "", NoJob}, {500, inGame, "", NoJob}, {60_000, menu, "ready", NoJob}, {90_000, menu, "", NoJob}},
		},
		{
			name: "rule 4: one that waits goes on when the server is ready by the new way", given: restartJob,
			steps: []step{{0, configured(func(c *Config) { c.Ready = "log" }), "", Waiting}, {10, menu, "", Waiting}, {20, serverUp, "", Waiting}, {520, menu, "send 1", Posting}},
		},
	})
	r := newRunner(t, usual())
	r.play(0, missing)
	if s := r.state; s.Server != ServerUnknown || s.ServerWhy.Code != problem.SignalMissing {
		t.Errorf("the server is %v, why: %v", s.Server, s.ServerWhy.Code)
	}
}
