package view

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"altv-tray/assets"
	"altv-tray/monitor"
	"altv-tray/monitor/debugport"
	"altv-tray/settings"
	"altv-tray/tray/surroundings"
)

func TestNoticesOfEvents(t *testing.T) {
	const ready, joined, dropped, failed, none = "ready", "joined", "dropped", "failed", ""
	all := []struct {
		name  string
		event monitor.Event
		on    string // the switch that it depends on
		title string
		body  string // a part of it
		icon  assets.Icon
	}{
		{"ready", monitor.Event{Kind: monitor.ClientReady}, ready, "alt:V is in the main menu", "Click Reconnect now", assets.MainMenu},
		{"ready and reconnecting", monitor.Event{Kind: monitor.ClientReady, Job: 3}, ready, "alt:V is in the main menu", "Reconnecting to the server now", assets.MainMenu},
		{"countdown", monitor.Event{Kind: monitor.CountingDown, Job: 3, Pause: 3 * time.Second, To: known(debugport.MainMenu)}, ready, "Reconnecting in 3 s", "Cancel reconnect in the menu", assets.MainMenu},
		{"countdown in game", monitor.Event{Kind: monitor.CountingDown, Job: 3, Pause: 3 * time.Second, To: known(debugport.InGame)}, ready, "Reconnecting in 3 s", "", assets.InGame},
		{"joined", monitor.Event{Kind: monitor.Joined, Took: 12400 * time.Millisecond}, joined, "Back in game", "in 12 s.", assets.InGame},
		{"joined again after a session that did not last", monitor.Event{Kind: monitor.Joined, Rejoin: true}, none, "", "", ""},
		{"the same, asked for by hand", monitor.Event{Kind: monitor.Joined, Rejoin: true, ByHand: true}, joined, "Back in game", "", assets.InGame},
		{"thrown out each time", monitor.Event{Kind: monitor.Failed, Reason: monitor.ThrownOut, Attempt: 5, Rejoin: true}, failed, "Not reconnected", "within 30 s", assets.Error},
		{"dropped", monitor.Event{Kind: monitor.Dropped}, dropped, "The server went down", "alt:V has left the game", assets.Disconnecting},
		{"the signal does not come", monitor.Event{Kind: monitor.SignalMissing}, failed, "The server does not say that it is ready", "ready = \"port\"", assets.Error},
		{"missed in a pause: a restart", monitor.Event{Kind: monitor.Missed, Cause: monitor.ServerRestart}, dropped, "The pause is over", "The server restarted", assets.MainMenu},
		{"missed in a pause: a start", monitor.Event{Kind: monitor.Missed, Cause: monitor.Launch}, dropped, "The pause is over", "was started", assets.MainMenu},
		{"missed in a pause: a drop", monitor.Event{Kind: monitor.Missed, Cause: monitor.DroppedOut}, dropped, "The pause is over", "Click Reconnect now", assets.MainMenu},
		{"failed", monitor.Event{Kind: monitor.Failed, Reason: monitor.JoinTimeout, Attempt: 5}, failed, "Not reconnected", "(5 attempts)", assets.Error},
		{"refused", monitor.Event{Kind: monitor.Refused, Reason: monitor.ClientAbsent}, failed, "Not reconnected", "not running", assets.Error},
		{"asked with the server down", monitor.Event{Kind: monitor.Asked, Server: monitor.ServerDown}, failed, "The server seems to be down", "anyway", assets.Unknown},
		{"asked by hand and moved", monitor.Event{Kind: monitor.Failed, Reason: monitor.SettingsChanged, ByHand: true}, failed, "Not reconnected", "settings changed", assets.Error},
		{"withheld", monitor.Event{Kind: monitor.Withheld, Reason: monitor.OtherServer}, failed, "alt:V goes to another server", "", assets.Error},
		{"moved by itself", monitor.Event{Kind: monitor.Failed, Reason: monitor.SettingsChanged}, none, "", "", ""},
		{"turned off", monitor.Event{Kind: monitor.Failed, Reason: monitor.TurnedOff, ByHand: true}, none, "", "", ""},
		{"asked again", monitor.Event{Kind: monitor.Asked, Server: monitor.ServerDown, Merged: true}, none, "", "", ""},
		{"asked with the server ready", monitor.Event{Kind: monitor.Asked, Server: monitor.ServerReady}, none, "", "", ""},
		{"asked with nothing known of it", monitor.Event{Kind: monitor.Asked}, none, "", "", ""},
	}
	for _, k := range []monitor.EventKind{
		monitor.ClientChanged, monitor.ServerChanged, monitor.Triggered, monitor.Sending, monitor.Answered,
		monitor.AttemptFailed, monitor.Cancelled, monitor.Paused, monitor.Resumed, monitor.Slept, monitor.NewPassword,
	} {
		c := all[len(all)-1]
		c.name, c.event = fmt.Sprintf("kind %d is only logged", k), monitor.Event{Kind: k, Reason: monitor.FellBack, Attempt: 1, To: known(debugport.Error)}
		all = append(all, c)
	}
	kinds, switches := map[monitor.EventKind]bool{0: true}, map[string]bool{none: true}
	for _, c := range all {
		kinds[c.event.Kind], switches[c.on] = true, true
	}
	if known := 1 + len((&settings.Notifications{}).Switches()); len(kinds) != int(monitor.EventKinds) || len(switches) != known {
		t.Errorf("cases for %d of %d kinds of events, and %d of %d switches", len(kinds)-1, monitor.EventKinds-1, len(switches)-1, known-1)
	}
	for _, c := range all {
		t.Run(c.name, func(t *testing.T) {
			for name := range (&settings.Notifications{}).Switches() {
				for _, alone := range []bool{true, false} { // this one is on, or all but this one
					set := settings.Default()
					for other, on := range set.Notifications.Switches() {
						*on = alone == (other == name)
					}
					n, told := NoticeOf(c.event, set, surroundings.Facts{}, english)
					if want := c.on != none && alone == (name == c.on); told != want {
						t.Errorf("with %+v told is %t, want %t", set.Notifications, told, want)
					}
					if told && (n.Title != c.title || !strings.Contains(n.Body, c.body) || n.Icon != c.icon) {
						t.Errorf("%+v", n)
					}
				}
			}
		})
	}
}

func TestNoticesOfWhatIsKnownAround(t *testing.T) {
	set := settings.Default()
	for name, c := range map[string]struct {
		event monitor.Event
		facts surroundings.Facts
		want  string
	}{
		"ready, none stored":             {monitor.Event{Kind: monitor.ClientReady}, surroundings.Facts{Password: surroundings.PasswordMissing, ServerHasPassword: true}, "Take from server.toml stores it"},
		"wrong, another in the file":     {monitor.Event{Kind: monitor.Failed, Reason: monitor.WrongPassword, Attempt: 2}, surroundings.Facts{Password: surroundings.PasswordDiffers}, "server.toml has another password: Server password › Take from server.toml."},
		"fell back, another in the file": {monitor.Event{Kind: monitor.Failed, Reason: monitor.FellBack, Attempt: 3}, surroundings.Facts{Password: surroundings.PasswordDiffers}, "Take from server.toml. (3 attempts)"},
		"held back":                      {monitor.Event{Kind: monitor.Withheld, Reason: monitor.OtherServer}, surroundings.Facts{WrongServer: "203.0.113.7:7788", Elsewhere: true}, "203.0.113.7:7788"},
	} {
		with, ok := NoticeOf(c.event, set, c.facts, english)
		without, _ := NoticeOf(c.event, set, surroundings.Facts{}, english)
		if !ok || !strings.Contains(with.Body, c.want) || strings.Contains(without.Body, c.want) {
			t.Errorf("%s: %q; with nothing known %q", name, with.Body, without.Body)
		}
	}
	if n, _ := NoticeOf(monitor.Event{Kind: monitor.ClientReady}, set, surroundings.Facts{Password: surroundings.PasswordMissing}, english); !strings.HasPrefix(n.Body, "Click Reconnect now") {
		t.Errorf("none stored, and the server is not known to want one: %q", n.Body)
	}
	missing := surroundings.Facts{Password: surroundings.PasswordMissing, ServerHasPassword: true}
	ready := monitor.Event{Kind: monitor.ClientReady, Job: 3}
	if n, ok := NoticeOf(ready, set, missing, english); ok {
		t.Errorf("ready, and a failure follows at once: %q", n.Body)
	}
	set.Notifications.Failed = false
	if n, _ := NoticeOf(ready, set, missing, english); !strings.Contains(n.Body, "Take from server.toml stores it") {
		t.Errorf("the same where failures are not told: %q", n.Body)
	}
	set.Notifications.Failed = true
	wanted := monitor.Event{Kind: monitor.Failed, Reason: monitor.PasswordWanted}
	if n, _ := NoticeOf(wanted, set, surroundings.Facts{}, english); !strings.Contains(n.Body, "probably wants a password") || !strings.Contains(n.Body, "Set…") {
		t.Errorf("two joins without a password fell back: %q", n.Body)
	}
	set.Profiles[0].Password = settings.PasswordNone
	if n, _ := NoticeOf(wanted, set, surroundings.Facts{}, english); !strings.Contains(n.Body, `has password = "none"`) {
		t.Errorf("the same where the profile says that there is none: %q", n.Body)
	}
}

func TestDroppedNoticeSaysWhoActs(t *testing.T) {
	set := settings.Default()
	for _, c := range []struct {
		automatic bool
		reason    monitor.Reason
		want      string
	}{
		{true, monitor.NoReason, "is brought back"},
		{true, monitor.TurnedOff, "are paused. Click Reconnect now"},
		{false, monitor.TurnedOff, "game. Click Reconnect now"},
		{true, monitor.OtherServer, "game. Click Reconnect now"},
	} {
		set.AutoReconnect.Enabled = c.automatic
		n, _ := NoticeOf(monitor.Event{Kind: monitor.Dropped, Reason: c.reason}, set, surroundings.Facts{}, english)
		if !strings.Contains(n.Body, c.want) {
			t.Errorf("automatic %v, %v: %q, want %q", c.automatic, c.reason, n.Body, c.want)
		}
	}
}

// reasons is every reason that there is.
func reasons() (all []monitor.Reason) {
	for r := monitor.NoReason; r <= monitor.ThrownOut; r++ {
		all = append(all, r)
	}
	return all
}

// Nobody is left with an empty or an empty-handed text: each says something of
// its own, and what the user can mend names the remedy.
func TestEachReasonHasAText(t *testing.T) {
	remedies := map[monitor.Reason]string{
		monitor.ClientAbsent: "debug = true", monitor.ClientForeign: "client.address", monitor.ClientSilent: "start it again",
		monitor.PasswordMissing: "Take from server.toml", monitor.PasswordWanted: "Set…", monitor.KeyringLocked: "Unlock", monitor.KeyringMissing: `password = "none"`,
		monitor.PasswordNotText: "Set…",
		monitor.ClientSaidNo:    "server.toml", monitor.NoReaction: "server.toml", monitor.FellBack: "password",
		monitor.WrongPassword: "profile “work”", monitor.SettingsChanged: "again", monitor.ClientBusy: "Look at the game",
		monitor.ThrownOut: "the server’s log",
	}
	work := settings.Profile{Name: "work"}
	texts := map[string]monitor.Reason{}
	for _, r := range reasons() {
		text := failure(monitor.Event{Reason: r}, work, english)
		if !strings.HasSuffix(text, ".") && !strings.HasSuffix(text, "?") || !strings.Contains(text, remedies[r]) || strings.Contains(text, "%!") {
			t.Errorf("%v: %q", r, text)
		}
		other, twice := texts[text]
		calledOff := r == monitor.ByUser || r == monitor.TurnedOff
		if twice && !calledOff {
			t.Errorf("%v and %v say the same: %q", r, other, text)
		}
		texts[text] = r
	}
}

func TestFailureOfEachWordInEnglish(t *testing.T) {
	work := settings.Profile{Name: "work"}
	words := map[string]bool{}
	for _, r := range reasons() {
		if words[r.String()] {
			t.Errorf("the word %q stands for two reasons", r)
		}
		words[r.String()] = true
		for _, s := range []monitor.ServerState{monitor.ServerUnknown, monitor.ServerDown, monitor.ServerStarting, monitor.ServerReady} {
			want := failure(monitor.Event{Reason: r, Server: s}, work, english)
			if got := EnglishFailure(r.String(), s.String(), work); got != want || got == "" {
				t.Errorf("%v with the server %v: %q, want %q", r, s, got, want)
			}
		}
	}
	// From another version of the program.
	if got := EnglishFailure("no_such_word", "no_such_state", work); got == "" {
		t.Error("nothing is said of an unknown word")
	}
}

func TestFellBackNamesTheServer(t *testing.T) {
	down, up := EnglishFailure("fell_back", "down", settings.Profile{}), EnglishFailure("fell_back", "ready", settings.Profile{})
	if !strings.Contains(down, "server is down") || strings.Contains(down, "password") || strings.Contains(up, "is down") {
		t.Errorf("%q, %q", down, up)
	}
}

func TestSeconds(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0 s", 400 * time.Millisecond: "0 s", 3600 * time.Millisecond: "4 s", 59400 * time.Millisecond: "59 s",
		59600 * time.Millisecond: "1 min", 61 * time.Second: "1 min 1 s", 10 * time.Minute: "10 min",
	} {
		if got := english.Seconds(d); got != want {
			t.Errorf("seconds(%v) = %q, want %q", d, got, want)
		}
	}
}
