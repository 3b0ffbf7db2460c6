package tray

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"altv-tray/monitor"
	"altv-tray/monitor/debugport"
	"altv-tray/monitor/problem"
	"altv-tray/tray/notify/notifytest"
)

// Each kind of event makes one line in the log, which says which kind it was.
func TestLogOfEachEvent(t *testing.T) {
	lines := map[monitor.EventKind]string{
		monitor.ClientChanged: "level=INFO msg=client_changed reconnect=7 from=LOADING to=NOT_ALTV why=because",
		monitor.ServerChanged: "level=INFO msg=server_changed reconnect=7 state=down why=gone",
		monitor.ClientReady:   "level=INFO msg=client_ready reconnect=7",
		monitor.Dropped:       "level=INFO msg=client_dropped reconnect=7 server=down stays=fell_back",
		monitor.Asked:         "level=INFO msg=reconnect_asked reconnect=7 joins=true client=NOT_ALTV server=down",
		monitor.Triggered:     "level=INFO msg=reconnect_triggered reconnect=7 cause=client_start client=NOT_ALTV next_in=4s",
		monitor.CountingDown:  "level=INFO msg=reconnect_countdown reconnect=7 for=4s",
		monitor.Sending:       "level=INFO msg=reconnect_sending reconnect=7 attempt=2 of=5 client=NOT_ALTV server=down",
		monitor.Answered:      "level=INFO msg=reconnect_answered reconnect=7 answer=refused code=500",
		monitor.Joined:        "level=INFO msg=reconnect_joined reconnect=7 took=3s attempt=2",
		monitor.AttemptFailed: "level=WARN msg=reconnect_attempt_failed reconnect=7 reason=fell_back attempt=2 of=5 next_in=4s",
		monitor.Failed:        "level=WARN msg=reconnect_failed reconnect=7 reason=fell_back attempt=2 client=NOT_ALTV server=down",
		monitor.Refused:       "level=WARN msg=reconnect_refused reconnect=7 reason=fell_back",
		monitor.Cancelled:     "level=INFO msg=reconnect_cancelled reconnect=7 reason=fell_back",
		monitor.Paused:        "level=INFO msg=paused reconnect=7 for=4s",
		monitor.Resumed:       "level=INFO msg=resumed reconnect=7",
		monitor.SignalMissing: "level=WARN msg=signal_missing reconnect=7 server=down",
		monitor.Missed:        "level=INFO msg=missed_while_paused reconnect=7 cause=client_start",
		monitor.Slept:         "level=INFO msg=computer_slept reconnect=7",
		monitor.NewPassword:   "level=INFO msg=password_changed reconnect=7",
		monitor.Withheld:      "level=WARN msg=reconnect_held reconnect=7 cause=client_start reason=fell_back",
	}
	for kind := monitor.ClientChanged; kind < monitor.EventKinds; kind++ {
		want := lines[kind]
		if want == "" {
			t.Errorf("there is no case for kind %d", kind)
			continue
		}
		var log notifytest.Log
		logEvent(log.Logger(), monitor.Event{
			Kind: kind, Job: 7, Merged: true, Cause: monitor.Launch,
			From: debugport.Reading{Outcome: debugport.Known, Status: debugport.Loading}, To: debugport.Reading{Outcome: debugport.NotAltV, Why: "because"},
			Server: monitor.ServerDown, Why: problem.Problem{Code: "gone"}, Attempt: 2, Attempts: 5, Answer: debugport.Refused, Code: 500,
			Reason: monitor.FellBack, Pause: 4 * time.Second, Took: 3 * time.Second,
		})
		_, got, _ := strings.Cut(log.String(), " ")
		if strings.TrimSpace(got) != want {
			t.Errorf("kind %d:\n%s\nwant\n%s", kind, got, want)
		}
	}
}

func TestLogOfAPause(t *testing.T) {
	for pause, want := range map[time.Duration]string{
		0:                "for=until_resumed",
		15 * time.Minute: "for=15m0s",
	} {
		var log notifytest.Log
		logEvent(log.Logger(), monitor.Event{Kind: monitor.Paused, Pause: pause})
		if got := strings.TrimSpace(log.String()); !strings.HasSuffix(got, "msg=paused "+want) {
			t.Errorf("%v: %q, want %s", pause, got, want)
		}
	}
}

// What comes from the network cannot forge a line of the log.
func TestLogKeepsOneLine(t *testing.T) {
	var log notifytest.Log
	logEvent(log.Logger(), monitor.Event{Kind: monitor.ServerChanged, Why: *problem.New(problem.ServerRefused, problem.Text("address", "x\nlevel=ERROR msg=forged"))})
	if strings.Count(log.String(), "\n") != 1 {
		t.Errorf("%q", log.String())
	}
	log = notifytest.Log{}
	logEvent(log.Logger(), monitor.Event{Kind: monitor.Slept})
	if strings.Contains(log.String(), "reconnect=") {
		t.Errorf("an event about no reconnect: %s", fmt.Sprint(log.String()))
	}
}
