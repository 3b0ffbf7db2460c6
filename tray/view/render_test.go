package view

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"pgregory.net/rapid"

	"altv-tray/assets"
	"altv-tray/monitor"
	"altv-tray/monitor/debugport"
	"altv-tray/monitor/problem"
	"altv-tray/settings"
	"altv-tray/tray/action"
)

func known(s debugport.Status) debugport.Reading {
	return debugport.Reading{Outcome: debugport.Known, Status: s}
}

// clients is every kind of reading with what is shown of it.
var clients = []struct {
	reading debugport.Reading
	text    string
	icon    assets.Icon
	present bool // a reconnect may be asked for
}{
	{debugport.Reading{}, "Looking…", assets.NotRunning, false},
	{known(debugport.Loading), "Loading", assets.Loading, true},
	{known(debugport.MainMenu), "Main menu", assets.MainMenu, true},
	{known(debugport.Connecting), "Connecting", assets.Connecting, true},
	{known(debugport.DownloadingFiles), "Downloading files", assets.DownloadingFiles, true},
	{known(debugport.InGame), "In game", assets.InGame, true},
	{known(debugport.Disconnecting), "Disconnecting", assets.Disconnecting, true},
	{known(debugport.Error), "Error", assets.Error, true},
	{debugport.Reading{Outcome: debugport.UnknownWord, Word: "PAUSED"}, "Unknown state PAUSED", assets.Unknown, true},
	{debugport.Reading{Outcome: debugport.UnknownWord, Word: strings.Repeat("W", 40)}, "Unknown state " + strings.Repeat("W", 40), assets.Unknown, true},
	{debugport.Reading{Outcome: debugport.NotRunning}, "Not running", assets.NotRunning, false},
	{debugport.Reading{Outcome: debugport.NotAltV, Why: problem.PortEmpty}, "Another program is on its port", assets.Unknown, false},
	{debugport.Reading{Outcome: debugport.NoAnswer, Why: problem.PortTooLate}, "No answer", assets.Unknown, true},
}

var servers = []struct {
	state monitor.ServerState
	why   *problem.Problem
	text  string
}{
	{monitor.ServerUnknown, &problem.Problem{}, "unknown"},
	{monitor.ServerUnknown, problem.New(problem.WaitsForSignal), "unknown · waits for altv-tray ready"},
	{monitor.ServerDown, problem.New(problem.ServerRefused, problem.Text("address", "CDN-DEV:7788")), "down"},
	{monitor.ServerDown, problem.New(problem.CDNTellsNothing), "down · CDN is on, its port tells nothing"},
	{monitor.ServerDown, problem.New(problem.OpenWithoutSignal), "starting · waits for altv-tray ready"},
	{monitor.ServerDown, problem.New(problem.SignalMissing), "starting · waits for altv-tray ready"},
	{monitor.ServerStarting, problem.New(problem.WaitsForSignal), "starting"},
	{monitor.ServerReady, problem.New(problem.WaitsForSignal), "ready"},
}

const renderedAt = 100 * time.Second

// jobs is every phase; Until is 2.5 s away, which is shown as 3.
var jobs = []struct {
	job   monitor.Reconnect
	label string // empty: Reconnect now, to be clicked where the client is present
	tail  string // of the state's row
}{
	{monitor.Reconnect{}, "", ""},
	{monitor.Reconnect{ID: 7, Phase: monitor.Waiting, Attempt: 1, Attempts: 5}, "Cancel reconnect", ""},
	{monitor.Reconnect{ID: 7, Phase: monitor.Waiting, ByHand: true, Attempt: 1, Attempts: 5, Since: renderedAt - clickGrace}, "Cancel reconnect", ""},
	{monitor.Reconnect{ID: 7, Phase: monitor.Countdown, Attempt: 1, Attempts: 5, Until: renderedAt + 2500*time.Millisecond}, "Cancel reconnect (3 s)", ""},
	{monitor.Reconnect{ID: 7, Phase: monitor.Posting, Attempt: 1, Attempts: 5}, "", ""},
	{monitor.Reconnect{ID: 7, Phase: monitor.Leaving, Attempt: 2, Attempts: 5}, "", " · attempt 2 of 5"},
	{monitor.Reconnect{ID: 7, Phase: monitor.Joining, Attempt: 3, Attempts: 5}, "", " · attempt 3 of 5"},
	{monitor.Reconnect{ID: 7, Phase: monitor.Backoff, Attempt: 3, Attempts: 5, Until: renderedAt + 2500*time.Millisecond}, "Cancel reconnect (3 s)", " · attempt 3 of 5"},
}

// What a click has just asked for is sent in a moment where the client is ready:
// the row keeps its meaning, so that a double click does not call it off. Where
// it waits for the client, or the keyring takes long, it can be called off.
func TestRenderJustClicked(t *testing.T) {
	job := monitor.Reconnect{ID: 7, Phase: monitor.Waiting, ByHand: true, Attempt: 1, Attempts: 5, Since: renderedAt - 100*time.Millisecond}
	for word, want := range map[debugport.Status]string{
		debugport.MainMenu: "Reconnect now", debugport.InGame: "Reconnect now", debugport.Loading: "Cancel reconnect",
	} {
		snap := monitor.Snapshot{Client: debugport.Reading{Outcome: debugport.Known, Status: word}, Reconnect: job}
		v, next := renderEnglish(snap, settings.Default(), "1.0.0", renderedAt)
		asks := action.Action(action.Cancel{Job: 7})
		if want == "Reconnect now" {
			asks = action.Reconnect{}
		}
		if got := v.Rows[ID("reconnect")]; got != (Row{Label: want, Enabled: true, Action: asks}) {
			t.Errorf("%v: %+v", word, got)
		}
		if want != "Reconnect now" {
			continue
		}
		if at := job.Since + clickGrace; next != at {
			t.Errorf("%v: shown anew at %v, want %v", word, next, at)
		}
		v, _ = renderEnglish(snap, settings.Default(), "1.0.0", next)
		if got := v.Rows[ID("reconnect")]; got != (Row{Label: "Cancel reconnect", Enabled: true, Action: action.Cancel{Job: 7}}) {
			t.Errorf("%v, later: %+v", word, got)
		}
	}
}

func units(s string) int { return len(utf16.Encode([]rune(s))) }

func TestRenderEveryState(t *testing.T) {
	for _, c := range clients {
		for _, s := range servers {
			for _, j := range jobs {
				t.Run(fmt.Sprintf("%v %v %v", c.reading, s.state, j.job.Phase), func(t *testing.T) {
					snap := monitor.Snapshot{
						Client: c.reading, Since: renderedAt - 30*time.Second,
						Server: s.state, ServerWhy: *s.why, Reconnect: j.job,
					}
					v, _ := renderEnglish(snap, settings.Default(), "1.0.0", renderedAt)
					state, server := "alt:V: "+c.text+j.tail, "Server: "+s.text
					if got, want := v.Rows[ID("state")], (Row{Label: state}); got != want {
						t.Errorf("state row %+v, want %+v", got, want)
					}
					if got, want := v.Rows[ID("server")], (Row{Label: server}); got != want {
						t.Errorf("server row %+v, want %+v", got, want)
					}
					want := Row{Label: j.label, Enabled: true, Action: action.Cancel{Job: 7}}
					if j.label == "" {
						want = Row{Label: "Reconnect now", Enabled: c.present, Action: action.Reconnect{}}
					}
					if got := v.Rows[ID("reconnect")]; got != want {
						t.Errorf("reconnect row %+v, want %+v", got, want)
					}
					if v.Icon != c.icon {
						t.Errorf("icon %s, want %s", v.Icon, c.icon)
					}
					if whole := state + "\n" + server; units(whole) <= tooltipUnits && v.Tooltip != whole {
						t.Errorf("tooltip %q, want %q", v.Tooltip, whole)
					}
				})
			}
		}
	}
}

func TestEachIconIsReached(t *testing.T) {
	reached := map[assets.Icon]bool{}
	for _, c := range clients {
		v, _ := renderEnglish(monitor.Snapshot{Client: c.reading}, settings.Default(), "", 0)
		reached[v.Icon] = true
	}
	if len(assets.Icons()) != 9 {
		t.Errorf("%d icons, want 9", len(assets.Icons()))
	}
	for _, i := range assets.Icons() {
		if !reached[i] {
			t.Errorf("no state shows the icon %s", i)
		}
	}
}

func TestCheckmarkFollowsTheSettings(t *testing.T) {
	set := settings.Default()
	for _, on := range []bool{true, false} {
		set.AutoReconnect.Enabled = on
		if v, _ := renderEnglish(monitor.Snapshot{}, set, "", 0); v.Rows[ID("automatic")].Checked != on {
			t.Errorf("enabled = %t, checked = %t", on, !on)
		}
	}
}

func TestStateLasts(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0:                                     "",
		59*time.Second + 999*time.Millisecond: "",
		time.Minute:                           " · 1 min",
		12*time.Minute + 59*time.Second:       " · 12 min",
		59*time.Minute + 59*time.Second:       " · 59 min",
		time.Hour:                             " · 1 h",
		time.Hour + 5*time.Minute:             " · 1 h 5 min",
		49 * time.Hour:                        " · 49 h",
	} {
		v, _ := renderEnglish(monitor.Snapshot{Client: known(debugport.InGame), Since: time.Hour}, settings.Default(), "", time.Hour+d)
		if got := v.Rows[ID("state")].Label; got != "alt:V: In game"+want {
			t.Errorf("after %v: %q, want %q at its end", d, got, want)
		}
	}
	// How long nothing has run is of no interest.
	v, next := renderEnglish(monitor.Snapshot{Client: debugport.Reading{Outcome: debugport.NotRunning}}, settings.Default(), "", time.Hour)
	if v.Rows[ID("state")].Label != "alt:V: Not running" || next != monitor.Forever {
		t.Errorf("%q until %v", v.Rows[ID("state")].Label, next)
	}
}

func TestCountdown(t *testing.T) {
	const until = time.Minute
	for left, want := range map[time.Duration]string{
		3 * time.Second: "3 s", 2*time.Second + 1: "3 s", 2 * time.Second: "2 s",
		1: "1 s", 0: "0 s", -5 * time.Second: "0 s", 90 * time.Second: "1 min 30 s",
	} {
		f := frame{Scene: &Scene{Text: english}, now: until - left, next: monitor.Forever}
		if got := secondsLeft(&f, until); got != want {
			t.Errorf("%v left: %q, want %q", left, got, want)
		}
	}
}

// The View stays as it is before next, and does change at it.
func TestNextIsWhenTheViewChanges(t *testing.T) {
	set := settings.Default()
	rapid.Check(t, func(t *rapid.T) {
		now := monitor.Time(rapid.Int64Range(0, int64(100*time.Hour)).Draw(t, "now"))
		ahead := func(label string) monitor.Time {
			return now + monitor.Time(rapid.Int64Range(-int64(time.Minute), int64(2*time.Hour)).Draw(t, label))
		}
		snap := monitor.Snapshot{
			Client: rapid.SampledFrom(clients).Draw(t, "client").reading,
			Since:  monitor.Time(rapid.Int64Range(0, int64(now)).Draw(t, "since")),
			Server: rapid.SampledFrom(servers).Draw(t, "server").state,
		}
		snap.Reconnect = rapid.SampledFrom(jobs).Draw(t, "job").job
		if snap.Reconnect.Until != 0 {
			snap.Reconnect.Until = max(1, ahead("until"))
		}
		switch rapid.IntRange(0, 2).Draw(t, "pause") {
		case 1:
			snap.PausedUntil = monitor.Forever
		case 2:
			snap.PausedUntil = max(1, ahead("paused until"))
		}
		v, next := renderEnglish(snap, set, "1", now)
		if next <= now {
			t.Fatalf("next %v is not after now %v", next, now)
		}
		last := next - 1
		if next == monitor.Forever {
			last = now + 1000*time.Hour
		}
		between := monitor.Time(rapid.Int64Range(int64(now), int64(last)).Draw(t, "between"))
		for _, at := range []monitor.Time{between, last} {
			if same, _ := renderEnglish(snap, set, "1", at); !reflect.DeepEqual(same, v) {
				t.Fatalf("it changes at %v, before %v:\n%+v\n%+v", at, next, v, same)
			}
		}
		if next == monitor.Forever || snap.PausedUntil != 0 && !strings.Contains(v.Tooltip, "left)") {
			return // nothing changes, or it may be what there was no room for
		}
		if after, _ := renderEnglish(snap, set, "1", next); reflect.DeepEqual(after, v) {
			t.Fatalf("nothing changes at %v: %+v", next, v)
		}
	})
}

func TestCut(t *testing.T) {
	for _, c := range []struct {
		text  string
		units int
		want  string
	}{
		{"", 3, ""}, {"abc", 3, "abc"}, {"abcd", 3, "ab…"}, {"äöü", 3, "äöü"}, {"äöüß", 3, "äö…"},
		{"😀b", 3, "😀b"}, {"😀😀", 3, "😀…"}, {"a😀😀", 3, "a…"}, {"a😀", 3, "a😀"},
	} {
		if got := cut(c.text, c.units); got != c.want {
			t.Errorf("cut(%q, %d) = %q, want %q", c.text, c.units, got, c.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text") + strings.Repeat(rapid.SampledFrom([]string{"a", "é", "世", "😀"}).Draw(t, "rune"), rapid.IntRange(0, 200).Draw(t, "n"))
		got := cut(text, 127)
		if units(got) > 127 {
			t.Fatalf("%d units in %q", units(got), got)
		}
		if units(text) <= 127 && got != text {
			t.Fatalf("%q was cut to %q", text, got)
		}
	})
}

func TestOneLine(t *testing.T) {
	for in, want := range map[string]string{
		"a\nb\r\n\tc  d ": "a b c d", "\x00\x1b[31m": "[31m", "\xffx": "x", "": "", "grün 😀": "grün 😀", "\x7f": "",
	} {
		if got := OneLine(in); got != want {
			t.Errorf("OneLine(%q) = %q, want %q", in, got, want)
		}
	}
}
