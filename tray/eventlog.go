package tray

import (
	"context"
	"log/slog"
	"time"

	"altv-tray/monitor"
)

// logEvent writes a line for each change and each decision. There is none for a
// poll that brought nothing new, and none ever holds a password: events carry
// no such thing.
func logEvent(log *slog.Logger, e monitor.Event) {
	level, msg := slog.LevelInfo, ""
	attrs := []slog.Attr{}
	if e.Job != 0 {
		attrs = append(attrs, slog.Uint64("reconnect", e.Job))
	}
	switch e.Kind {
	case monitor.ClientChanged:
		msg = "client_changed"
		attrs = append(attrs, slog.String("from", e.From.String()), slog.String("to", e.To.String()))
		if e.To.Word != "" {
			attrs = append(attrs, slog.String("word", e.To.Word))
		}
		if e.To.Detail != "" {
			attrs = append(attrs, slog.String("why", e.To.Detail))
		}
	case monitor.ServerChanged:
		msg = "server_changed"
		attrs = append(attrs, slog.String("state", e.Server.String()))
		if e.Why != "" {
			attrs = append(attrs, slog.String("why", e.Why))
		}
	case monitor.ClientReady:
		msg = "client_ready"
	case monitor.Dropped:
		msg = "client_dropped"
		attrs = append(attrs, slog.String("server", e.Server.String()))
		if e.Reason != monitor.NoReason {
			attrs = append(attrs, slog.String("stays", e.Reason.String()))
		}
	case monitor.Asked:
		msg = "reconnect_asked"
		attrs = append(attrs, slog.Bool("joins", e.Joins), slog.String("client", e.To.String()), slog.String("server", e.Server.String()))
	case monitor.Triggered:
		msg = "reconnect_triggered"
		attrs = append(attrs, slog.String("cause", e.Cause.String()), slog.String("client", e.To.String()))
	case monitor.Sending:
		msg = "reconnect_sending"
		attrs = append(attrs, slog.Int("attempt", e.Attempt), slog.Int("of", e.Attempts), slog.String("client", e.To.String()), slog.String("server", e.Server.String()))
	case monitor.Answered:
		msg = "reconnect_answered"
		attrs = append(attrs, slog.String("answer", e.Answer.String()), slog.Int("code", e.Code))
	case monitor.Joined:
		msg = "reconnect_joined"
		attrs = append(attrs, slog.Duration("took", e.Took), slog.Int("attempt", e.Attempt))
	case monitor.AttemptFailed:
		level, msg = slog.LevelWarn, "reconnect_attempt_failed"
		attrs = append(attrs, slog.String("reason", e.Reason.String()), slog.Int("attempt", e.Attempt), slog.Int("of", e.Attempts), slog.Duration("next_in", e.Pause))
	case monitor.Failed:
		level, msg = slog.LevelWarn, "reconnect_failed"
		attrs = append(attrs, slog.String("reason", e.Reason.String()), slog.Int("attempt", e.Attempt), slog.String("client", e.To.String()), slog.String("server", e.Server.String()))
	case monitor.Refused:
		level, msg = slog.LevelWarn, "reconnect_refused"
		attrs = append(attrs, slog.String("reason", e.Reason.String()))
	case monitor.Cancelled:
		msg = "reconnect_cancelled"
		attrs = append(attrs, slog.String("reason", e.Reason.String()))
	case monitor.Held:
		level, msg = slog.LevelWarn, "reconnect_held"
		attrs = append(attrs, slog.String("cause", e.Cause.String()), slog.String("reason", e.Reason.String()))
	case monitor.NewPassword:
		msg = "password_changed"
	case monitor.Paused:
		msg = "paused"
		if e.Pause == 0 {
			attrs = append(attrs, slog.String("for", "until_resumed"))
			break
		}
		// The clock has moved on since it was asked for.
		attrs = append(attrs, slog.Duration("for", e.Pause.Round(10*time.Millisecond)))
	case monitor.Resumed:
		msg = "resumed"
	case monitor.Slept:
		msg = "computer_slept"
	}
	log.LogAttrs(context.Background(), level, msg, attrs...)
}
