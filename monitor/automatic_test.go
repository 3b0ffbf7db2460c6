package monitor

import (
	"testing"
	"time"

	"altv-tray/monitor/debugport"
)

// Rules 4 and 5: what makes an automatic reconnect begin, and when the server
// counts as ready.

// onDrop is when_dropped = "always".
func onDrop(c *Config) { c.OnDrop = true }

func TestRule4ServerRestart(t *testing.T) {
	const trigger = "triggered server_restart, read"
	runScenarios(t, []scenario{
		{
			name: "rule 4: restart with the client in MAIN_MENU", given: clientMenu,
			steps: []step{
				{0, serverDown, "", NoJob}, {300, serverUp, "", NoJob}, {799, menu, "", NoJob}, {800, Tick(), trigger, Waiting},
				{801, password, "", Waiting}, {850, menu, "send 1", Posting},
			},
		},
		{
			name: "rule 4: restart with the client still saying IN_GAME", given: clientGame,
			steps: []step{
				{0, serverDown, "", NoJob}, {300, serverUp, "", NoJob}, {800, Tick(), trigger, Waiting},
				{801, password, "", Waiting}, {850, inGame, "send 1", Posting}, {851, accepted, "accepted", Leaving},
				{900, disconnecting, "", Joining}, {2000, connecting, "", Joining}, {9000, inGame, "joined", NoJob}, {60_000, inGame, "", NoJob},
			},
		},
		{
			name: "rule 4: restart while LOADING: once, when it is ready", given: clientLoads,
			steps: []step{
				{0, serverDown, "", NoJob}, {300, serverUp, "", NoJob}, {800, Tick(), trigger, Waiting},
				{801, password, "", Waiting}, {850, loading, "", Waiting}, {9000, menu, "ready, send 1", Posting},
			},
		},
		{
			name: "rule 4: restart while DOWNLOADING_FILES: once, when it is ready", given: then(serverReady, step{1000, downloading, "", NoJob}),
			steps: []step{
				{0, serverDown, "", NoJob}, {300, serverUp, "", NoJob}, {800, Tick(), trigger, Waiting},
				{801, password, "", Waiting}, {850, downloading, "", Waiting}, {9000, menu, "ready, send 1", Posting},
				{9001, accepted, "accepted", Leaving}, {9050, connecting, "", Joining}, {15_000, inGame, "joined", NoJob},
			},
		},
		{
			name: "rule 4: dropped while the server is down, back when it is ready", given: clientGame,
			steps: []step{
				{0, serverDown, "", NoJob}, {15_000, disconnecting, "dropped", NoJob}, {16_000, menu, "", NoJob},
				{60_000, serverUp, "", NoJob}, {60_500, Tick(), trigger, Waiting}, {60_501, password, "", Waiting}, {60_550, menu, "send 1", Posting},
			},
		},
		{
			name: "rule 4: the server's first start seen is no restart", given: []step{{0, menu, "", NoJob}},
			steps: []step{{0, serverUp, "", NoJob}, {500, Tick(), "", NoJob}, {1000, menu, "", NoJob}},
		},
		{
			name: "rule 4: nothing known for a while is no restart", given: clientMenu,
			steps: []step{{0, serverUnknown, "", NoJob}, {900, serverUp, "", NoJob}, {2000, menu, "", NoJob}, {60_000, Tick(), "", NoJob}},
		},
		{
			name: "rule 4: down, then nothing known, then up is one", given: clientMenu,
			steps: []step{{0, serverDown, "", NoJob}, {500, serverUnknown, "", NoJob}, {900, serverUp, "", NoJob}, {1400, Tick(), trigger, Waiting}},
		},
		{
			name: "rule 4: restart with no client: nothing, and nothing is made up for", given: clientGone,
			steps: []step{
				{0, serverDown, "", NoJob}, {300, serverUp, "", NoJob}, {800, Tick(), "", NoJob}, {2000, loading, "", NoJob},
				{9000, menu, "ready", NoJob}, {60_000, menu, "", NoJob},
			},
			config: func(c *Config) { c.OnLaunch = false },
		},
		{
			name: "rule 4: switched off: nothing", given: clientMenu, config: func(c *Config) { c.Auto = false },
			steps: []step{{0, serverDown, "", NoJob}, {300, serverUp, "", NoJob}, {800, Tick(), "", NoJob}, {1000, menu, "", NoJob}},
		},
		{
			name: "rule 4: a client that quits before it is sent", given: restartJob,
			steps: []step{{10, notRunning, "cancelled not_running", NoJob}, {5000, notRunning, "", NoJob}},
		},
	})
}

func TestRule4Launch(t *testing.T) {
	const trigger = "triggered client_start, read"
	runScenarios(t, []scenario{
		{
			name: "rule 4: started and reached its first MAIN_MENU", given: clientGone,
			steps: []step{
				{0, loading, trigger, Waiting}, {1, password, "", Waiting}, {50, loading, "", Waiting},
				{11_000, menu, "ready, send 1", Posting}, {11_001, accepted, "accepted", Leaving},
			},
		},
		{
			name: "rule 4: started with the server down: when that is ready", given: []step{{0, serverDown, "", NoJob}, {0, notRunning, "", NoJob}},
			steps: []step{
				{0, loading, "", NoJob}, {11_000, menu, "ready", NoJob}, {20_000, serverUp, "", NoJob},
				{20_500, Tick(), "triggered server_restart, read", Waiting}, {20_501, password, "", Waiting}, {20_550, menu, "send 1", Posting},
			},
		},
		{
			name: "rule 4: started, and the player joins by himself: nothing", given: clientGone,
			steps: []step{
				{0, loading, trigger, Waiting}, {1, PasswordRead(77, NoReason, false), "", Waiting},
				{11_000, connecting, "cancelled", NoJob}, {12_000, downloading, "", NoJob}, {16_000, inGame, "", NoJob}, {99_000, inGame, "", NoJob},
			},
		},
		{
			name: "rule 4: first seen when already in game: nothing", given: clientGone,
			steps: []step{{0, inGame, "", NoJob}, {1000, inGame, "", NoJob}, {90_000, inGame, "", NoJob}},
		},
		{
			name: "rule 4: was running when the program started: nothing", given: serverReady,
			steps: []step{{0, loading, "", NoJob}, {9000, menu, "ready", NoJob}, {60_000, menu, "", NoJob}},
		},
		{
			name: "rule 4: another program on the port is no start", given: clientMenu,
			steps: []step{{0, notAltV, "", NoJob}, {1000, menu, "ready", NoJob}, {60_000, menu, "", NoJob}},
		},
		{
			name: "rule 4: silence is no start", given: clientMenu,
			steps: []step{{0, noAnswer, "", NoJob}, {1000, menu, "", NoJob}, {60_000, menu, "", NoJob}},
		},
		{
			name: "rule 4: silence or a new word while starting is one start still", given: clientGone,
			steps: []step{{0, noAnswer, "", NoJob}, {1000, newWord, "", NoJob}, {2000, loading, trigger, Waiting}},
		},
		{
			name: "rule 4: on_launch = false: nothing", given: clientGone, config: func(c *Config) { c.OnLaunch = false },
			steps: []step{{0, loading, "", NoJob}, {11_000, menu, "ready", NoJob}, {60_000, menu, "", NoJob}},
		},
		{
			name: "rule 4: on_launch turned off while the server is not ready yet: nothing", given: []step{{0, serverUnknown, "", NoJob}, {0, notRunning, "", NoJob}},
			steps: []step{
				{0, loading, "", NoJob}, {1000, configured(func(c *Config) { c.OnLaunch = false }), "", NoJob},
				{2000, serverUp, "", NoJob}, {2500, Tick(), "", NoJob}, {11_000, menu, "ready", NoJob},
			},
		},
		{
			name: "rule 4: quits while it loads", given: clientGone,
			steps: []step{
				{0, loading, trigger, Waiting}, {1, password, "", Waiting}, {50, loading, "", Waiting},
				{5000, notRunning, "cancelled client_quit", NoJob}, {7000, loading, trigger, Waiting},
			},
		},
	})
}

func TestRule4Dropped(t *testing.T) {
	var all []scenario
	for _, leave := range []struct {
		name string
		in   Input
		does string
	}{{"DISCONNECTING", disconnecting, ""}, {"MAIN_MENU", menu, "ready"}, {"ERROR", clientError, ""}} {
		all = append(all, scenario{
			name:  "rule 4: a leave with the server up stays left, by " + leave.name,
			given: clientGame,
			steps: []step{
				{0, leave.in, leave.does, NoJob}, {1000, menu, pickText(leave.does == "", "ready"), NoJob}, {2000, menu, "", NoJob},
				{600_000, Tick(), "", NoJob}, {3_600_000, menu, "", NoJob},
			},
		})
	}
	all = append(all,
		scenario{
			name: "rule 4: always: a leave with the server up", given: clientGame, config: onDrop,
			steps: []step{
				{0, disconnecting, "triggered dropped, read", Waiting}, {1, password, "", Waiting}, {50, disconnecting, "", Waiting},
				{1000, menu, "ready, send 1", Posting},
			},
		},
		scenario{
			name: "rule 4: always, and the player joins by himself first: nothing", given: clientGame, config: onDrop,
			steps: []step{
				{0, disconnecting, "triggered dropped, read", Waiting}, {50, connecting, "cancelled", NoJob}, {9000, inGame, "", NoJob}, {60_000, inGame, "", NoJob},
			},
		},
		scenario{
			name: "rule 4: always: after a quit there is nothing to bring back", given: clientGame, config: onDrop,
			steps: []step{{0, notRunning, "", NoJob}, {60_000, notRunning, "", NoJob}},
		},
		scenario{
			name: "rule 4: always, with the server down: one, when it is ready", given: clientGame, config: onDrop,
			steps: []step{
				{0, serverDown, "", NoJob}, {15_000, disconnecting, "dropped", NoJob}, {16_000, menu, "", NoJob}, {20_000, serverUp, "", NoJob},
				{20_500, Tick(), "triggered server_restart, read", Waiting}, {20_501, password, "", Waiting}, {20_550, menu, "send 1", Posting},
				{20_551, accepted, "accepted", Leaving}, {20_600, connecting, "", Joining}, {26_000, inGame, "joined", NoJob}, {60_000, inGame, "", NoJob},
			},
		},
		scenario{
			name: "rule 4: always: turned off before the server is ready", given: then([]step{{0, serverUnknown, "", NoJob}}, step{1000, inGame, "", NoJob}), config: onDrop,
			steps: []step{
				{0, menu, "ready", NoJob}, {1000, configured(func(*Config) {}), "", NoJob}, {2000, serverUp, "", NoJob}, {2500, Tick(), "", NoJob}, {3000, menu, "", NoJob},
			},
		},
		scenario{
			name: "rule 4: our own reconnect is no drop", given: clientGame, config: onDrop,
			steps: []step{
				{0, Ask(), "asked, read", Waiting}, {1, password, "", Waiting}, {2, inGame, "send 1", Posting}, {3, accepted, "accepted", Leaving},
				{50, disconnecting, "", Joining}, {1000, connecting, "", Joining}, {6000, inGame, "joined", NoJob}, {60_000, inGame, "", NoJob},
			},
		},
	)
	runScenarios(t, all)
}

func pickText(yes bool, text string) string {
	if yes {
		return text
	}
	return ""
}

func TestRule4Delay(t *testing.T) {
	delay := func(c *Config) { c.Delay = 3 * time.Second }
	given := then(clientMenu, step{1000, serverDown, "", NoJob}, step{1000, serverUp, "", NoJob},
		step{1500, Tick(), "triggered server_restart, read", Waiting}, step{1500, menu, "counting down 3s", Countdown})
	runScenarios(t, []scenario{
		{
			name: "rule 4: the countdown runs out, then a fresh status sends", given: given, config: delay,
			steps: []step{
				{10, password, "", Countdown}, {50, menu, "", Countdown}, {2999, menu, "", Countdown}, {3000, Tick(), "", Waiting}, {3050, menu, "send 1", Posting},
			},
		},
		{
			name: "rule 4: the status that ends the countdown sends", given: given, config: delay,
			steps: []step{{10, password, "", Countdown}, {3000, menu, "send 1", Posting}},
		},
		{
			name: "rule 4: the countdown can be cancelled", given: given, config: delay,
			steps: []step{{10, password, "", Countdown}, {2000, Cancel(0), "cancelled cancelled", NoJob}, {3000, Tick(), "", NoJob}, {3050, menu, "", NoJob}, {90_000, menu, "", NoJob}},
		},
		{
			name: "rule 4: asked for during the countdown it is sent at once", given: given, config: delay,
			steps: []step{{10, password, "", Countdown}, {1000, Ask(), "asked again", Waiting}, {1005, menu, "send 1", Posting}},
		},
		{
			name: "rule 4: by hand there is none", given: clientMenu, config: delay,
			steps: []step{{0, Ask(), "asked, read", Waiting}, {1, password, "", Waiting}, {2, menu, "send 1", Posting}},
		},
		{
			name: "rule 4: the client gets busy during the countdown: it waits on", given: given, config: delay,
			steps: []step{
				{10, password, "", Countdown}, {1000, loading, "", Countdown}, {3000, loading, "", Waiting}, {9000, menu, "ready, send 1", Posting},
			},
		},
		{
			name: "rule 4: the countdown begins when the client is ready", given: then(clientLoads, step{1000, serverDown, "", NoJob}, step{1000, serverUp, "", NoJob},
				step{1500, Tick(), "triggered server_restart, read", Waiting}), config: delay,
			steps: []step{{0, password, "", Waiting}, {9000, menu, "ready, counting down 3s", Countdown}, {11_999, menu, "", Countdown}, {12_000, menu, "send 1", Posting}},
		},
		{
			name: "rule 4: the server goes down during the countdown: anew when it is back", given: given, config: delay,
			steps: []step{
				{10, password, "", Countdown}, {2900, serverDown, "cancelled server_down", NoJob}, {3000, menu, "", NoJob}, {4000, serverUp, "", NoJob},
				{4500, Tick(), "triggered server_restart, read", Waiting}, {4500, menu, "counting down 3s", Countdown}, {4510, password, "", Countdown}, {7499, menu, "", Countdown}, {7500, menu, "send 1", Posting},
			},
		},
		{
			name: "rule 4: a second attempt has no countdown of its own", given: given, config: delay,
			steps: []step{
				{10, password, "", Countdown}, {3000, menu, "send 1", Posting}, {3001, refused, "refused, client_refused, again in 1s", Backoff},
				{4001, Tick(), "read", Waiting}, {4002, password, "", Waiting}, {4050, menu, "send 2", Posting},
			},
		},
	})
}

func TestRule5ReadyDelay(t *testing.T) {
	runScenarios(t, []scenario{
		{
			name: "rule 5: up for less than ready_delay is not ready", given: clientMenu,
			steps: []step{
				{0, serverDown, "", NoJob}, {100, serverUp, "", NoJob}, {599, Tick(), "", NoJob}, {599, serverDown, "", NoJob},
				{700, serverUp, "", NoJob}, {1199, menu, "", NoJob}, {1200, menu, "triggered server_restart, read", Waiting},
			},
		},
		{
			name: "rule 5: told again that it is up does not begin anew", given: clientMenu,
			steps: []step{
				{0, serverDown, "", NoJob}, {100, serverUp, "", NoJob}, {400, serverUp, "", NoJob}, {600, serverUp, "triggered server_restart, read", Waiting},
			},
		},
		{
			name: "rule 5: without a delay it is ready at once", given: clientMenu, config: func(c *Config) { c.ReadyDelay = 0 },
			steps: []step{{0, serverDown, "", NoJob}, {100, serverUp, "triggered server_restart, read", Waiting}},
		},
		{
			name: "rule 5: a delay changed on the way counts from when it came up", given: clientMenu,
			steps: []step{
				{0, serverDown, "", NoJob}, {100, serverUp, "", NoJob}, {200, configured(func(c *Config) { c.ReadyDelay = 2 * time.Second }), "", NoJob},
				{2099, Tick(), "", NoJob}, {2100, Tick(), "triggered server_restart, read", Waiting},
			},
		},
	})
}

// restarts plays n restarts, one each period, answers all that is asked, and
// counts what was sent.
func restarts(t *testing.T, n int, period time.Duration) (sends int) {
	t.Helper()
	r := newRunner(t, usual())
	r.play(0, clientMenu)
	base := r.now
	status, at := menu, Forever
	answer := func() {
		for {
			switch j := r.state.job.ID; {
			case r.out.ReadPassword:
				r.step(r.now, PasswordRead(j, NoReason, false))
			case r.out.Send:
				sends++
				status, at = connecting, r.now+2*time.Second
				r.step(r.now, Sent(j, debugport.Accepted, 200))
			default:
				return
			}
		}
	}
	for ms := time.Duration(0); ms < time.Duration(n)*period+30*time.Second; ms += 50 * time.Millisecond {
		if ms%period == 0 && ms/period < time.Duration(n) {
			r.step(base+ms, serverDown)
			answer()
			r.step(base+ms, serverUp)
			answer()
		}
		if base+ms >= at {
			status, at = inGame, Forever
		}
		r.step(base+ms, status)
		answer()
	}
	if r.state.job.Phase != NoJob || r.state.Client.String() != "IN_GAME" {
		t.Errorf("it ends in phase %v with the client %v", r.state.job.Phase, r.state.Client)
	}
	return sends
}

func TestRule5Bursts(t *testing.T) {
	if n := restarts(t, 8, 300*time.Millisecond); n != 1 {
		t.Errorf("8 restarts within 2.4 s made %d reconnects, want 1", n)
	}
	if n := restarts(t, 10, 20*time.Second); n != 10 {
		t.Errorf("10 restarts 20 s apart made %d reconnects, want 10", n)
	}
	if n := restarts(t, 1, time.Second); n != 1 {
		t.Errorf("one restart made %d reconnects", n)
	}
}
