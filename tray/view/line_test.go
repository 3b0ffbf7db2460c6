package view

import (
	"testing"
	"time"

	"altv-tray/monitor"
	"altv-tray/monitor/debugport"
	"altv-tray/monitor/problem"
)

func TestLines(t *testing.T) {
	decided := map[monitor.EventKind]bool{}
	for _, c := range []struct {
		event monitor.Event
		want  string
	}{
		{monitor.Event{Kind: monitor.ClientChanged, To: debugport.Reading{Outcome: debugport.Known, Status: debugport.DownloadingFiles}}, "client  DOWNLOADING_FILES"},
		{monitor.Event{Kind: monitor.ClientChanged, To: debugport.Reading{Outcome: debugport.NotRunning}}, "client  NOT_RUNNING"},
		{monitor.Event{Kind: monitor.ClientChanged, To: debugport.Reading{Outcome: debugport.UnknownWord, Word: "PAUSED"}}, "client  UNKNOWN: PAUSED"},
		{monitor.Event{Kind: monitor.ClientChanged, To: debugport.Reading{Outcome: debugport.NotAltV, Why: problem.PortNoWord}}, "client  NOT_ALTV: the answer is not a status word"},
		{monitor.Event{Kind: monitor.ServerChanged, Server: monitor.ServerDown, Why: problem.Problem{Code: problem.WaitsForSignal}}, "server  down: waits for altv-tray ready"},
		{monitor.Event{Kind: monitor.ClientChanged}, ""},
		{monitor.Event{Kind: monitor.ServerChanged, Server: monitor.ServerStarting}, "server  starting"},
		{monitor.Event{Kind: monitor.Triggered, Cause: monitor.ServerRestart}, "the server is back: reconnecting"},
		{monitor.Event{Kind: monitor.Triggered, Cause: monitor.Launch}, "the client was started: reconnecting"},
		{monitor.Event{Kind: monitor.Triggered, Cause: monitor.DroppedOut}, "the client fell out of the game: reconnecting"},
		{monitor.Event{Kind: monitor.CountingDown, Pause: 3 * time.Second}, "reconnecting in 3 s"},
		{monitor.Event{Kind: monitor.Asked}, "asked to reconnect"},
		{monitor.Event{Kind: monitor.Sending}, ""},
		{monitor.Event{Kind: monitor.Answered, Answer: debugport.NotSent}, ""},
		{monitor.Event{Kind: monitor.Answered, Answer: debugport.Accepted}, "POST /reconnect: accepted"},
		{monitor.Event{Kind: monitor.Joined, Took: 1440 * time.Millisecond}, "in game, 1.4 s after it began"},
		{monitor.Event{Kind: monitor.AttemptFailed, Reason: monitor.FellBack, Attempt: 1, Attempts: 5, Pause: 2 * time.Second}, "attempt 1 of 5 failed: back in the main menu; the next in 2 s"},
		{monitor.Event{Kind: monitor.Failed, Reason: monitor.WrongPassword}, "not reconnected: the password is probably wrong"},
		{monitor.Event{Kind: monitor.Refused, Reason: monitor.ClientAbsent}, "not reconnected: alt:V was not running"},
		{monitor.Event{Kind: monitor.Cancelled, Reason: monitor.ByUser}, "the reconnect was cancelled: by the user"},
		{monitor.Event{Kind: monitor.Cancelled, Reason: monitor.TurnedOff}, "the reconnect was cancelled: automatic reconnects are off or paused"},
		{monitor.Event{Kind: monitor.Withheld, Reason: monitor.OtherServer}, "no reconnect by itself: another server"},
		{monitor.Event{Kind: monitor.Paused}, "automatic reconnects are paused until resumed"},
		{monitor.Event{Kind: monitor.Paused, Pause: 15*time.Minute - time.Millisecond}, "automatic reconnects are paused for 15m0s"},
		{monitor.Event{Kind: monitor.Resumed}, "automatic reconnects are resumed"},
		{monitor.Event{Kind: monitor.SignalMissing}, "the server's port is open, but no signal has come from altv-tray ready"},
		{monitor.Event{Kind: monitor.Missed, Cause: monitor.ServerRestart}, "not reconnected during the pause, though the server restarted"},
		{monitor.Event{Kind: monitor.Slept}, "the computer slept"},
		{monitor.Event{Kind: monitor.NewPassword}, "another password was stored"},
		{monitor.Event{Kind: monitor.ClientReady}, ""},
		{monitor.Event{Kind: monitor.Dropped, Server: monitor.ServerDown}, ""},
	} {
		if got := Line(c.event); got != c.want {
			t.Errorf("kind %d: %q, want %q", c.event.Kind, got, c.want)
		}
		decided[c.event.Kind] = true
	}
	for kind := monitor.ClientChanged; kind < monitor.EventKinds; kind++ {
		if !decided[kind] {
			t.Errorf("there is no case for kind %d", kind)
		}
	}
}

// Each reason has words of its own.
func TestLinesOfEachReason(t *testing.T) {
	for r := monitor.ClientAbsent; r <= monitor.PasswordWanted; r++ {
		if text := reasonText(r); text == "" || text == "why."+r.String() {
			t.Errorf("%v has no words: %q", r, text)
		}
	}
}
