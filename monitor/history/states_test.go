package history

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"altv-tray/monitor"
	"altv-tray/monitor/debugport"
	"altv-tray/monitor/problem"
)

// state makes an entry of a state that ended at that second.
func state(second int, kind Kind, took int, name, why string) Entry {
	e := entry(second, kind, took, "")
	e.State, e.Why = name, why
	return e
}

func TestRecordStates(t *testing.T) {
	const down, up, ready, unknown = monitor.ServerDown, monitor.ServerStarting, monitor.ServerReady, monitor.ServerUnknown
	silent := debugport.Reading{Outcome: debugport.NoAnswer, Why: problem.PortTooLate}
	slept := func(second int) monitor.Event { return monitor.Event{Kind: monitor.Slept, At: seconds(second)} }
	for name, test := range map[string]struct {
		events []monitor.Event
		want   []Entry // with those that End gives at second 100
	}{
		"nothing seen": {nil, nil},
		"the client": {
			[]monitor.Event{client(1, unasked, absent), client(10, absent, menu), client(12, menu, playing)},
			[]Entry{state(10, Client, 9, "NOT_RUNNING", ""), state(12, Client, 2, "MAIN_MENU", ""), state(100, Client, 88, "IN_GAME", "")},
		},
		"with its reasons": {
			[]monitor.Event{client(1, unasked, newWord), client(10, newWord, silent)},
			[]Entry{state(10, Client, 9, "UNKNOWN", "TELEPORTING"), state(100, Client, 90, "NO_ANSWER", "port_too_late")},
		},
		"the same for another reason": {
			[]monitor.Event{client(1, unasked, silent), client(10, silent, noAnswer)},
			[]Entry{state(100, Client, 99, "NO_ANSWER", "port_too_late")},
		},
		"another address": {
			[]monitor.Event{client(1, unasked, menu), client(10, menu, unasked)},
			[]Entry{state(10, Client, 9, "MAIN_MENU", "")},
		},
		"the server": {
			[]monitor.Event{server(2, ready, ""), server(10, down, "server_refused"), server(13, up, ""), server(15, unknown, "no_server_log")},
			[]Entry{
				state(10, Server, 8, "ready", ""), state(13, Server, 3, "down", "server_refused"), state(15, Server, 2, "starting", ""),
				state(100, Server, 85, "unknown", "no_server_log"),
			},
		},
		"a sleep in between: what was before it was not seen to its end": {
			[]monitor.Event{server(2, ready, ""), client(3, unasked, menu), slept(50), client(60, menu, unasked), client(61, unasked, playing), server(62, ready, "")},
			[]Entry{state(100, Client, 39, "IN_GAME", ""), state(100, Server, 38, "ready", "")},
		},
	} {
		t.Run(name, func(t *testing.T) {
			now := began
			r := NewRecorder(began, func() time.Time { return now })
			var got []Entry
			keep := func(over []Entry) {
				for _, e := range over {
					if e.Kind.IsState() {
						got = append(got, e)
					}
				}
			}
			for _, e := range test.events {
				now = began.Add(e.At)
				keep(r.Record(e, "p"))
			}
			now = began.Add(seconds(100))
			keep(r.End())
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if again := r.End(); len(again) > 0 {
				t.Errorf("it ends twice: %+v", again)
			}
		})
	}
}

// Entry of a state, in JSON.
func TestStateInJSON(t *testing.T) {
	e := state(10, Server, 3, "down", "server_refused")
	text, err := e.MarshalJSON()
	const want = `{"at":"2026-03-01T09:00:10Z","kind":"server","profile":"p","state":"down","why":"server_refused","seconds":3}`
	if err != nil || string(text) != want {
		t.Errorf("%s, %v", text, err)
	}
}
