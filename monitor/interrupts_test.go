package monitor

import (
	"testing"
	"time"

	"altv-tray/monitor/debugport"
)

// What comes across a reconnect in each of its phases.

type crossing struct {
	phase string
	given []step
	delay time.Duration
}

// crossings are the phases: a reconnect by hand where it says so, automatic
// otherwise.
var crossings = []crossing{
	{phase: "none", given: clientMenu},
	{phase: "waiting by hand", given: then(clientLoads, step{1000, Ask(), "asked, read", Waiting}, step{1000, password, "", Waiting}, step{1050, loading, "", Waiting})},
	{phase: "waiting", given: then(restartJob, step{1550, loading, "", Waiting})},
	{phase: "countdown", delay: 3 * time.Second, given: restartCountdown},
	{phase: "posting", given: then(restartJob, step{1550, menu, "send 1", Posting})},
	{phase: "accepted", given: restartSent},
	{phase: "joining", given: then(restartSent, step{1600, connecting, "", Joining})},
	{phase: "between attempts", given: then(restartSent, step{6600, menu, "no_reaction, again in 1s", Backoff})},
	{phase: "between attempts by hand", given: then(sentOne, step{6600, menu, "no_reaction, again in 1s", Backoff})},
}

// across plays one input in each phase: does and after say what it does there,
// in the order of crossings.
func across(t *testing.T, name string, in Input, does [9]string, after [9]Phase) {
	t.Helper()
	var all []scenario
	for i, c := range crossings {
		all = append(all, scenario{
			name: name + ", " + c.phase, given: c.given,
			config: func(cfg *Config) { cfg.Delay = c.delay; cfg.OnLaunch = false },
			steps:  []step{{10, in, does[i], after[i]}},
		})
	}
	runScenarios(t, all)
}

func TestAcrossEachPhase(t *testing.T) {
	gone := [9]Phase{NoJob, NoJob, NoJob, NoJob, Posting, NoJob, NoJob, NoJob, NoJob}
	same := [9]Phase{NoJob, Waiting, Waiting, Countdown, Posting, Leaving, Joining, Backoff, Backoff}

	t.Run("client", func(t *testing.T) {
		const quit = "cancelled client_quit"
		across(t, "quits", notRunning,
			[9]string{"", "failed client_quit", quit, quit, "", "failed client_quit", "failed client_quit", quit, "failed client_quit"}, gone)
		const taken = "cancelled port_taken"
		across(t, "its port is taken", notAltV,
			[9]string{"", "failed port_taken", taken, taken, "", "failed port_taken", "failed port_taken", taken, "failed port_taken"}, gone)
		across(t, "falls silent", noAnswer, [9]string{}, same)
		across(t, "says a new word", newWord, [9]string{}, same)
	})
	t.Run("server", func(t *testing.T) {
		const down = "cancelled server_down"
		across(t, "goes down", serverDown,
			[9]string{"", "", down, down, "", "", "", down, "failed server_down"},
			[9]Phase{NoJob, Waiting, NoJob, NoJob, Posting, Leaving, Joining, NoJob, NoJob})
		across(t, "is not known of", serverUnknown, [9]string{}, same)
		across(t, "is up still", serverUp, [9]string{}, same)
	})
	t.Run("settings", func(t *testing.T) {
		const off = "cancelled settings_changed"
		for name, change := range map[string]func(*Config){
			"another profile": func(c *Config) { c.Profile = "other" },
			"another server":  func(c *Config) { c.Server = "127.0.0.1:7789" },
		} {
			across(t, name, configured(change),
				[9]string{"", "failed settings_changed", off, off, "", "", "", off, "failed settings_changed"},
				[9]Phase{NoJob, NoJob, NoJob, NoJob, Posting, Leaving, Joining, NoJob, NoJob})
		}
		across(t, "another client", configured(func(c *Config) { c.Client = "127.0.0.1:9224" }),
			[9]string{"", "failed settings_changed", off, off, off, off, off, off, "failed settings_changed"}, [9]Phase{})
		across(t, "nothing that matters", configured(func(c *Config) { c.OnLaunch, c.Delay = false, 3*time.Second }), [9]string{}, same)
	})
	t.Run("password", func(t *testing.T) {
		across(t, "changed", PasswordChanged(), [9]string{"", "read", "read", "", "", "", "", "", ""}, same)
	})
	t.Run("sleep", func(t *testing.T) {
		across(t, "woke", Woke(), [9]string{"slept", "slept", "slept", "slept", "slept", "slept", "slept", "slept", "slept"}, same)
	})
}

func TestSettingsInTheMiddle(t *testing.T) {
	other := func(c *Config) { c.Profile = "other" }
	otherClient := func(c *Config) { c.Client = "127.0.0.1:9224" }
	runScenarios(t, []scenario{
		{
			name: "a join that is under way when the profile is changed is not repeated", given: restartSent,
			steps: []step{
				{50, connecting, "", Joining}, {60, configured(other), "", Joining}, {70, serverUp, "", Joining}, {570, Tick(), "", Joining},
				{9000, menu, "failed fell_back", NoJob}, {60_000, menu, "", NoJob},
			},
		},
		{
			name: "and is told when it gets there", given: restartSent,
			steps: []step{{50, connecting, "", Joining}, {60, configured(other), "", Joining}, {9000, inGame, "joined", NoJob}},
		},
		{
			name: "another profile's server is not known at first, and its first start is no restart", given: clientMenu,
			steps: []step{
				{0, serverDown, "", NoJob}, {10, configured(other), "", NoJob}, {20, serverUp, "", NoJob}, {520, Tick(), "", NoJob}, {1000, menu, "", NoJob},
			},
		},
		{
			name: "at another client's address nothing is known, announced or sent", given: asked,
			steps: []step{
				{0, configured(otherClient), "failed settings_changed", NoJob}, {10, menu, "", NoJob}, {20, serverUp, "", NoJob}, {600, menu, "", NoJob},
			},
		},
		{
			name: "a client at another address is not one that was started", given: clientGone,
			steps: []step{{0, configured(otherClient), "", NoJob}, {10, loading, "", NoJob}, {20, serverUp, "", NoJob}, {600, loading, "", NoJob}, {9000, menu, "ready", NoJob}},
		},
		{
			name: "a late answer to a POST at the address before counts for nothing", given: then(asked, step{1000, menu, "send 1", Posting}),
			steps: []step{
				{1, configured(otherClient), "failed settings_changed", NoJob}, {2, Sent(1, debugport.Accepted, 200), "", NoJob}, {3, Ask(), "asked", Waiting},
				{4, Sent(1, debugport.Accepted, 200), "", Waiting}, {10, menu, "read", Waiting}, {20, password, "", Waiting}, {60, menu, "send 1", Posting},
			},
		},
		{
			name: "a password changed in the countdown is read before it is sent", config: func(c *Config) { c.Delay = 3 * time.Second },
			given: restartCountdown,
			steps: []step{{100, PasswordChanged(), "", Countdown}, {2950, menu, "read", Waiting}, {3010, password, "", Waiting}, {3050, menu, "send 1", Posting}},
		},
		{
			name: "a password that was read before the change is stale", given: then(clientMenu, step{1000, Ask(), "asked, read", Waiting}, step{1000, PasswordChanged(), "read", Waiting}),
			steps: []step{{10, menu, "", Waiting}, {20, password, "", Waiting}, {30, menu, "send 1", Posting}},
		},
	})
}
