package tray

import (
	"context"
	"log/slog"
	"time"

	"altv-tray/monitor"
)

// logEvent writes a line for each change and each decision. There is none for a
// poll that brought nothing new. Events hold no password, so no line does.
func logEvent(log *slog.Logger, e monitor.Event) {
	level := slog.LevelInfo
	switch e.Kind {
	case monitor.AttemptFailed, monitor.Failed, monitor.Refused, monitor.Held:
		level = slog.LevelWarn
	}
	var attrs []any
	if e.Job != 0 {
		attrs = append(attrs, "reconnect", e.Job)
	}
	msg, more := stateLine(e)
	if msg == "" {
		msg, more = reconnectLine(e)
	}
	log.Log(context.Background(), level, msg, append(attrs, more...)...)
}

// stateLine is for what is seen of client and server and for what the user has
// set; msg is empty for other events.
func stateLine(e monitor.Event) (msg string, attrs []any) {
	switch e.Kind {
	case monitor.ClientChanged:
		attrs = []any{"from", e.From, "to", e.To}
		if e.To.Word != "" {
			attrs = append(attrs, "word", e.To.Word)
		}
		if why := e.To.Problem(); why != nil {
			attrs = append(attrs, "why", why)
		}
		return "client_changed", attrs
	case monitor.ServerChanged:
		attrs = []any{"state", e.Server}
		if e.Why.Code != "" {
			attrs = append(attrs, "why", &e.Why)
		}
		return "server_changed", attrs
	case monitor.ClientReady:
		return "client_ready", nil
	case monitor.Dropped:
		attrs = []any{"server", e.Server}
		if e.Reason != monitor.NoReason {
			attrs = append(attrs, "stays", e.Reason)
		}
		return "client_dropped", attrs
	case monitor.NewPassword:
		return "password_changed", nil
	case monitor.Paused:
		if e.Pause == 0 {
			return "paused", []any{"for", "until_resumed"}
		}
		// The clock has moved on since it was asked for.
		return "paused", []any{"for", e.Pause.Round(10 * time.Millisecond)}
	case monitor.Resumed:
		return "resumed", nil
	case monitor.Slept:
		return "computer_slept", nil
	}
	return "", nil
}

// reconnectLine is for the life of a reconnect.
func reconnectLine(e monitor.Event) (msg string, attrs []any) {
	switch e.Kind {
	case monitor.Asked:
		return "reconnect_asked", []any{"joins", e.Joins, "client", e.To, "server", e.Server}
	case monitor.Triggered:
		return "reconnect_triggered", []any{"cause", e.Cause, "client", e.To}
	case monitor.Sending:
		return "reconnect_sending", []any{"attempt", e.Attempt, "of", e.Attempts, "client", e.To, "server", e.Server}
	case monitor.Answered:
		return "reconnect_answered", []any{"answer", e.Answer, "code", e.Code}
	case monitor.Joined:
		return "reconnect_joined", []any{"took", e.Took, "attempt", e.Attempt}
	case monitor.AttemptFailed:
		return "reconnect_attempt_failed", []any{"reason", e.Reason, "attempt", e.Attempt, "of", e.Attempts, "next_in", e.Pause}
	case monitor.Failed:
		return "reconnect_failed", []any{"reason", e.Reason, "attempt", e.Attempt, "client", e.To, "server", e.Server}
	case monitor.Refused:
		return "reconnect_refused", []any{"reason", e.Reason}
	case monitor.Cancelled:
		return "reconnect_cancelled", []any{"reason", e.Reason}
	case monitor.Held:
		return "reconnect_held", []any{"cause", e.Cause, "reason", e.Reason}
	}
	return "", nil
}
