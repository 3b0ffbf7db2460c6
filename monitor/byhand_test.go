package monitor

import (
	"testing"
	"time"

	"altv-tray/monitor/debugport"
)

// Rules 1 to 3: a reconnect by hand, when it is sent and when it is refused.

func TestRule1SentOnlyWhenReady(t *testing.T) {
	var all []scenario
	for name, busy := range map[string]Input{
		"LOADING": loading, "CONNECTING": connecting, "DOWNLOADING_FILES": downloading,
		"DISCONNECTING": disconnecting, "ERROR": clientError, "an unknown word": newWord, "no answer": noAnswer,
	} {
		all = append(all, scenario{
			name:  "rule 1: asked for while " + name + " waits, sent at MAIN_MENU",
			given: then(serverReady, step{1000, busy, "", NoJob}),
			steps: []step{
				{0, Ask(), "asked, read", Waiting},
				{10, password, "", Waiting},
				{50, busy, "", Waiting},
				{100, busy, "", Waiting},
				{150, Tick(), "", Waiting},
				{200, menu, "ready, send 1", Posting},
			},
		}, scenario{
			name:  "rule 1: asked for while " + name + " waits, sent at IN_GAME",
			given: then(serverReady, step{1000, busy, "", NoJob}),
			steps: []step{
				{0, Ask(), "asked, read", Waiting},
				{10, password, "", Waiting},
				{50, busy, "", Waiting},
				{100, inGame, "send 1", Posting},
			},
		}, scenario{
			name:  "rule 1: not sent where " + name + " comes between the ask and the password",
			given: clientMenu,
			steps: []step{
				{0, Ask(), "asked, read", Waiting},
				{10, busy, "", Waiting},
				{20, password, "", Waiting},
				{30, Tick(), "", Waiting},
				{60, busy, "", Waiting},
			},
		})
	}
	runScenarios(t, all)
}

func TestRule1Freshness(t *testing.T) {
	runScenarios(t, []scenario{
		{
			name: "rule 1: a known ready status is not enough, only a step that brings one sends", given: clientMenu,
			steps: []step{
				{0, Ask(), "asked, read", Waiting},
				{1, password, "", Waiting},
				{2, Tick(), "", Waiting},
				{3, serverUp, "", Waiting},
				{4, Configured(usual()), "", Waiting},
				{5, Resume(), "", Waiting},
				{6, Ask(), "asked again", Waiting},
				{7, menu, "send 1", Posting},
			},
		},
		{
			name: "rule 1: a status before the password sends nothing, the one after it does", given: clientMenu,
			steps: []step{
				{0, Ask(), "asked, read", Waiting},
				{10, menu, "", Waiting},
				{60, menu, "", Waiting},
				{65, password, "", Waiting},
				{110, menu, "send 1", Posting},
			},
		},
		{
			name: "rule 1: nothing was ever read: waits for the first status", given: serverReady,
			steps: []step{
				{0, Ask(), "asked", Waiting},
				{10, menu, "read", Waiting},
				{20, password, "", Waiting},
				{60, menu, "send 1", Posting},
			},
		},
	})
}

func TestRule1OneUnderWay(t *testing.T) {
	runScenarios(t, []scenario{
		{
			name: "rule 1: asking again joins while waiting", given: clientLoads,
			steps: []step{
				{0, Ask(), "asked, read", Waiting},
				{1, Ask(), "asked again", Waiting},
				{2, Ask(), "asked again", Waiting},
				{5, password, "", Waiting},
				{50, menu, "ready, send 1", Posting},
			},
		},
		{
			name: "rule 1: asking again joins in every later phase and posts nothing", given: asked,
			steps: []step{
				{0, menu, "send 1", Posting},
				{1, Ask(), "asked again", Posting},
				{2, accepted, "accepted", Leaving},
				{3, Ask(), "asked again", Leaving},
				{50, menu, "", Leaving},
				{100, connecting, "", Joining},
				{101, Ask(), "asked again", Joining},
				{2000, downloading, "", Joining},
				{2001, Ask(), "asked again", Joining},
				{5000, inGame, "joined", NoJob},
				{5050, inGame, "", NoJob},
			},
		},
		{
			name: "rule 1: asked for after the join it is another one", given: sentOne,
			steps: []step{
				{50, connecting, "", Joining},
				{5000, inGame, "joined", NoJob},
				{6000, Ask(), "asked, read", Waiting},
				{6001, password, "", Waiting},
				{6002, inGame, "send 1", Posting},
			},
		},
		{
			name: "rule 1: an ask joins the automatic one and makes it by hand", given: restartJob,
			steps: []step{
				{0, Ask(), "asked again", Waiting},
				{1, serverDown, "", Waiting},
				{50, menu, "send 1", Posting},
			},
		},
	})
}

func TestRule2Refusal(t *testing.T) {
	runScenarios(t, []scenario{
		{
			name: "rule 2: not running is refused with the first answer", given: clientGone,
			steps:  []step{{0, Ask(), "asked", Waiting}, {1, notRunning, "refused not_running", NoJob}, {2001, menu, "ready", NoJob}},
			config: func(c *Config) { c.OnLaunch = false },
		},
		{
			name: "rule 2: silence before nobody listens is no client that was there", given: clientGone,
			steps: []step{{0, Ask(), "asked", Waiting}, {1, noAnswer, "read", Waiting}, {51, notRunning, "refused not_running", NoJob}},
		},
		{
			name: "rule 2: another program is refused with the first answer", given: then(serverReady, step{1000, notAltV, "", NoJob}),
			steps: []step{{0, Ask(), "asked", Waiting}, {1, notAltV, "refused not_altv", NoJob}, {1001, menu, "ready", NoJob}},
		},
		{
			name: "rule 2: a client that started since the last look is not refused", given: clientGone,
			steps: []step{{0, Ask(), "asked", Waiting}, {1, loading, "read", Waiting}},
		},
		{
			name: "rule 2: a client that quit since the last look is refused", given: clientMenu,
			steps: []step{{0, Ask(), "asked, read", Waiting}, {1, notRunning, "refused not_running", NoJob}, {2, password, "", NoJob}},
		},
		{
			name: "rule 2: the password is not even read where nothing has answered", given: clientGone,
			steps: []step{{0, Ask(), "asked", Waiting}, {40, Tick(), "", Waiting}},
		},
		{
			name: "rule 2: the client quits while it waits", given: clientLoads,
			steps: []step{
				{0, Ask(), "asked, read", Waiting}, {1, password, "", Waiting}, {50, loading, "", Waiting},
				{100, notRunning, "failed client_quit", NoJob}, {200, menu, "ready", NoJob},
			},
			config: func(c *Config) { c.OnLaunch = false },
		},
		{
			name: "rule 2: another program takes the port while it waits", given: clientLoads,
			steps: []step{
				{0, Ask(), "asked, read", Waiting}, {1, password, "", Waiting}, {50, loading, "", Waiting},
				{100, notAltV, "failed port_taken", NoJob}, {200, menu, "ready", NoJob},
			},
		},
		{
			name: "rule 2: silence for join_timeout fails", given: then(serverReady, step{1000, noAnswer, "", NoJob}),
			steps: []step{
				{0, Ask(), "asked, read", Waiting}, {1, password, "", Waiting}, {2000, noAnswer, "", Waiting},
				{179_999, noAnswer, "", Waiting}, {180_001, noAnswer, "failed client_silent", NoJob},
			},
		},
		{
			name: "rule 2: an error that lasts for join_timeout fails", given: then(serverReady, step{1000, clientError, "", NoJob}),
			steps: []step{
				{0, Ask(), "asked, read", Waiting}, {1, password, "", Waiting}, {50, clientError, "", Waiting},
				{179_999, clientError, "", Waiting}, {180_001, clientError, "failed client_busy", NoJob},
			},
		},
		{
			name: "rule 2: an unknown word that lasts for join_timeout fails", given: then(serverReady, step{1000, newWord, "", NoJob}),
			steps: []step{
				{0, Ask(), "asked, read", Waiting}, {1, password, "", Waiting},
				{179_999, newWord, "", Waiting}, {180_001, newWord, "failed client_busy", NoJob},
			},
		},
		{
			name: "rule 2: a slow download is waited for, but not for ever", given: then(serverReady, step{1000, downloading, "", NoJob}),
			steps: []step{
				{0, Ask(), "asked, read", Waiting}, {1, password, "", Waiting},
				{1_000_000, downloading, "", Waiting}, {1_800_001, downloading, "failed client_busy", NoJob},
			},
		},
	})
}

func TestRule3PasswordAndServer(t *testing.T) {
	var all []scenario
	for _, why := range []Reason{PasswordMissing, KeyringLocked, KeyringMissing, PasswordNotText} {
		all = append(all, scenario{
			name: "rule 3: by hand, " + why.String() + ": told, nothing sent", given: clientMenu,
			steps: []step{
				{0, Ask(), "asked, read", Waiting}, {1, menu, "", Waiting},
				{5, PasswordRead(0, why, false), "failed " + why.String(), NoJob}, {50, menu, "", NoJob},
				{60, Ask(), "asked, read", Waiting}, {61, password, "", Waiting}, {62, menu, "send 1", Posting},
			},
		}, scenario{
			name: "rule 3: automatic, " + why.String() + ": told once, nothing sent", given: clientMenu,
			steps: []step{
				{0, serverDown, "", NoJob}, {10, serverUp, "", NoJob}, {510, Tick(), "triggered server_restart, read", Waiting},
				{520, PasswordRead(0, why, false), "failed " + why.String(), NoJob}, {550, menu, "", NoJob}, {60_000, menu, "", NoJob},
			},
		})
	}
	all = append(all,
		scenario{
			name: "rule 3: by hand it needs no ready server", given: []step{{0, serverDown, "", NoJob}, {0, menu, "", NoJob}},
			steps: []step{{0, Ask(), "asked, read", Waiting}, {1, password, "", Waiting}, {2, menu, "send 1", Posting}},
		},
		scenario{
			name: "rule 3: nor one that is known of", given: []step{{0, menu, "", NoJob}},
			steps: []step{{0, Ask(), "asked, read", Waiting}, {1, password, "", Waiting}, {2, menu, "send 1", Posting}},
		},
		scenario{
			name: "rule 3: a password for another job counts for nothing", given: clientMenu,
			steps: []step{
				{0, Ask(), "asked, read", Waiting}, {1, PasswordRead(77, NoReason, false), "", Waiting}, {2, menu, "", Waiting},
				{3, PasswordRead(77, KeyringLocked, false), "", Waiting}, {4, password, "", Waiting}, {5, menu, "send 1", Posting},
			},
		},
		scenario{
			name: "rule 3: a password that was changed meanwhile is read again", given: asked,
			steps: []step{{1, PasswordChanged(), "read", Waiting}, {2, menu, "", Waiting}, {3, password, "", Waiting}, {4, menu, "send 1", Posting}},
		},
	)
	runScenarios(t, all)
}

// TestRule3SaysThatTheServerSeemsDown: the event carries what is known of it.
func TestRule3SaysThatTheServerSeemsDown(t *testing.T) {
	r := newRunner(t, usual())
	r.play(0, []step{{0, serverDown, "", NoJob}, {0, menu, "", NoJob}, {1, Ask(), "asked, read", Waiting}})
	if e := r.out.Events[0]; e.Kind != Asked || e.Server != ServerDown || e.To.Status != debugport.MainMenu {
		t.Errorf("the event of the ask is %+v, want the server down and the client in MAIN_MENU", e)
	}
}

func TestCancelByHand(t *testing.T) {
	runScenarios(t, []scenario{
		{
			name: "cancelled while it waits", given: clientLoads,
			steps: []step{{0, Ask(), "asked, read", Waiting}, {1, Cancel(0), "cancelled cancelled", NoJob}, {2, password, "", NoJob}, {50, menu, "ready", NoJob}},
		},
		{
			name: "cancelled with the password at hand", given: asked,
			steps: []step{{1, Cancel(0), "cancelled cancelled", NoJob}, {50, menu, "", NoJob}},
		},
		{
			name: "another job's cancel counts for nothing", given: asked,
			steps: []step{{1, Cancel(77), "", Waiting}, {50, menu, "send 1", Posting}},
		},
		{
			name: "rule 6: a join under way is not cut off", given: asked,
			steps: []step{
				{0, menu, "send 1", Posting}, {1, Cancel(0), "", Posting}, {2, accepted, "accepted", Leaving},
				{3, Cancel(0), "", Leaving}, {50, connecting, "", Joining}, {60, Cancel(0), "", Joining}, {5000, inGame, "joined", NoJob},
			},
		},
		{
			name: "cancelled between two attempts", given: sentOne,
			steps: []step{
				{50, connecting, "", Joining}, {900, menu, "fell_back, again in 1s", Backoff}, {1000, Cancel(0), "cancelled cancelled", NoJob},
				{1900, Tick(), "", NoJob}, {2000, menu, "", NoJob},
			},
		},
		{name: "nothing to cancel", given: clientMenu, steps: []step{{0, Cancel(0), "", NoJob}}},
	})
}

// TestDurations: a job's Took counts from the ask.
func TestDurations(t *testing.T) {
	r := newRunner(t, usual())
	r.play(0, asked)
	r.play(time.Minute, []step{{0, menu, "send 1", Posting}, {5, accepted, "accepted", Leaving}, {50, connecting, "", Joining}, {9000, inGame, "joined", NoJob}})
	want := 68 * time.Second // asked for at 1 s
	if e := r.out.Events[len(r.out.Events)-1]; e.Took != want || !e.ByHand || e.Job == 0 {
		t.Errorf("joined after %v by hand %v as job %d, want %v", e.Took, e.ByHand, e.Job, want)
	}
	last := r.state.snapshot(time.Time{}).Last
	if last.Kind != Joined || last.Took != want || last.Reason != NoReason || last.At != 69*time.Second {
		t.Errorf("the last result is %+v", last)
	}
}
