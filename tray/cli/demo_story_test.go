package cli

import (
	"testing"
	"time"

	"altv-tray/monitor"
	"altv-tray/monitor/debugport"
)

func TestLines(t *testing.T) {
	for _, c := range []struct {
		event monitor.Event
		want  string
	}{
		{monitor.Event{Kind: monitor.ClientChanged, To: debugport.Reading{Outcome: debugport.Known, Status: debugport.DownloadingFiles}}, "client  DOWNLOADING_FILES"},
		{monitor.Event{Kind: monitor.ClientChanged, To: debugport.Reading{Outcome: debugport.NotRunning}}, "client  NOT_RUNNING"},
		{monitor.Event{Kind: monitor.ClientChanged}, ""},
		{monitor.Event{Kind: monitor.ServerChanged, Server: monitor.ServerStarting}, "server  starting"},
		{monitor.Event{Kind: monitor.Triggered, Cause: monitor.ServerRestart}, "the server is back: reconnecting"},
		{monitor.Event{Kind: monitor.Triggered, Cause: monitor.Launch}, "the client was started: reconnecting"},
		{monitor.Event{Kind: monitor.Triggered, Cause: monitor.DroppedOut}, "the client fell out of the game: reconnecting"},
		{monitor.Event{Kind: monitor.Asked}, "asked to reconnect"},
		{monitor.Event{Kind: monitor.Sending}, "POST /reconnect"},
		{monitor.Event{Kind: monitor.Answered}, ""},
		{monitor.Event{Kind: monitor.Joined, Took: 1440 * time.Millisecond}, "in game, 1.4 s after it began"},
		{monitor.Event{Kind: monitor.AttemptFailed, Reason: monitor.FellBack, Attempt: 1, Attempts: 5, Pause: 2 * time.Second}, "attempt 1 of 5 failed (fell_back), next in 2 s"},
		{monitor.Event{Kind: monitor.Failed, Reason: monitor.WrongPassword}, "not reconnected: wrong_password"},
		{monitor.Event{Kind: monitor.Refused, Reason: monitor.ClientAbsent}, "not reconnected: not_running"},
		{monitor.Event{Kind: monitor.Cancelled, Reason: monitor.ByUser}, "called off: cancelled"},
	} {
		if got := line(c.event); got != c.want {
			t.Errorf("kind %d: %q, want %q", c.event.Kind, got, c.want)
		}
	}
}
