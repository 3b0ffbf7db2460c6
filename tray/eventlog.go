package tray

import (
	"context"
	"fmt"
	"log/slog"
	"strings"

	"altv-tray/monitor"
)

// eventLines holds the name of each kind of event in the log, followed by the keys of its line.
var eventLines = map[monitor.EventKind]string{
	monitor.ClientChanged: "client_changed from to word why",
	monitor.ServerChanged: "server_changed state why",
	monitor.ClientReady:   "client_ready",
	monitor.Dropped:       "client_dropped server stays",
	monitor.NewPassword:   "password_changed",
	monitor.Paused:        "paused for",
	monitor.Resumed:       "resumed",
	monitor.SignalMissing: "signal_missing server",
	monitor.Missed:        "missed_while_paused cause",
	monitor.Slept:         "computer_slept",
	monitor.Asked:         "reconnect_asked joins client server",
	monitor.Triggered:     "reconnect_triggered cause client next_in",
	monitor.CountingDown:  "reconnect_countdown for",
	monitor.Sending:       "reconnect_sending attempt of client server",
	monitor.Answered:      "reconnect_answered answer code",
	monitor.Joined:        "reconnect_joined took attempt",
	monitor.AttemptFailed: "reconnect_attempt_failed reason attempt of next_in",
	monitor.Failed:        "reconnect_failed reason attempt client server",
	monitor.Refused:       "reconnect_refused reason",
	monitor.Cancelled:     "reconnect_cancelled reason",
	monitor.Withheld:      "reconnect_held cause reason",
}

// logEvent logs an event. Events never contain a password.
func logEvent(log *slog.Logger, e monitor.Event) {
	why, pause := &e.Why, e.Pause.String()
	if e.Kind == monitor.ClientChanged {
		why = e.To.Problem()
	}
	if e.Pause == 0 {
		pause = "until_resumed"
	}
	values := map[string]any{
		"answer": e.Answer, "attempt": e.Attempt, "cause": e.Cause, "client": e.To, "code": e.Code, "for": pause,
		"from": e.From, "joins": e.Merged, "of": e.Attempts, "reason": e.Reason, "server": e.Server,
		"state": e.Server, "stays": e.Reason, "to": e.To, "took": e.Took, "word": e.To.Word,
	}
	if why != nil && why.Code != "" {
		values["why"] = why
	}
	if e.Pause != 0 {
		values["next_in"] = e.Pause
	}
	var attrs []any
	if e.Job != 0 {
		attrs = append(attrs, "reconnect", e.Job)
	}
	line := strings.Fields(eventLines[e.Kind])
	for _, name := range line[1:] {
		if value := values[name]; value != nil && fmt.Sprint(value) != "" {
			attrs = append(attrs, name, value)
		}
	}
	level := slog.LevelInfo
	switch e.Kind {
	case monitor.AttemptFailed, monitor.Failed, monitor.Refused, monitor.Withheld, monitor.SignalMissing:
		level = slog.LevelWarn
	}
	log.Log(context.Background(), level, line[0], attrs...)
}
