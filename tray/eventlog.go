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
	var attrs []slog.Attr
	if e.Job != 0 {
		attrs = append(attrs, slog.Uint64("reconnect", e.Job))
	}
	level, msg, more := reconnectLine(e)
	if msg == "" {
		level = slog.LevelInfo
		msg, more = stateLine(e)
	}
	log.LogAttrs(context.Background(), level, msg, append(attrs, more...)...)
}

// stateLine is for what is seen of client and server and for what the user has
// set.
func stateLine(e monitor.Event) (msg string, attrs []slog.Attr) {
	switch e.Kind {
	case monitor.ClientChanged:
		attrs = []slog.Attr{slog.String("from", e.From.String()), slog.String("to", e.To.String())}
		if e.To.Word != "" {
			attrs = append(attrs, slog.String("word", e.To.Word))
		}
		if why := e.To.Problem(); why != nil {
			attrs = append(attrs, slog.Any("why", why))
		}
		return "client_changed", attrs
	case monitor.ServerChanged:
		attrs = []slog.Attr{slog.String("state", e.Server.String())}
		if e.Why.Code != "" {
			attrs = append(attrs, slog.Any("why", &e.Why))
		}
		return "server_changed", attrs
	case monitor.ClientReady:
		return "client_ready", nil
	case monitor.Dropped:
		attrs = []slog.Attr{slog.String("server", e.Server.String())}
		if e.Reason != monitor.NoReason {
			attrs = append(attrs, slog.String("stays", e.Reason.String()))
		}
		return "client_dropped", attrs
	case monitor.NewPassword:
		return "password_changed", nil
	case monitor.Paused:
		if e.Pause == 0 {
			return "paused", []slog.Attr{slog.String("for", "until_resumed")}
		}
		// The clock has moved on since it was asked for.
		return "paused", []slog.Attr{slog.Duration("for", e.Pause.Round(10*time.Millisecond))}
	case monitor.Resumed:
		return "resumed", nil
	case monitor.Slept:
		return "computer_slept", nil
	}
	return "", nil
}

// reconnectLine is for the life of a reconnect; msg is empty for other events.
func reconnectLine(e monitor.Event) (level slog.Level, msg string, attrs []slog.Attr) {
	client, server := slog.String("client", e.To.String()), slog.String("server", e.Server.String())
	attempt, of := slog.Int("attempt", e.Attempt), slog.Int("of", e.Attempts)
	reason, cause := slog.String("reason", e.Reason.String()), slog.String("cause", e.Cause.String())
	switch e.Kind {
	case monitor.Asked:
		return slog.LevelInfo, "reconnect_asked", []slog.Attr{slog.Bool("joins", e.Joins), client, server}
	case monitor.Triggered:
		return slog.LevelInfo, "reconnect_triggered", []slog.Attr{cause, client}
	case monitor.Sending:
		return slog.LevelInfo, "reconnect_sending", []slog.Attr{attempt, of, client, server}
	case monitor.Answered:
		return slog.LevelInfo, "reconnect_answered", []slog.Attr{slog.String("answer", e.Answer.String()), slog.Int("code", e.Code)}
	case monitor.Joined:
		return slog.LevelInfo, "reconnect_joined", []slog.Attr{slog.Duration("took", e.Took), attempt}
	case monitor.AttemptFailed:
		return slog.LevelWarn, "reconnect_attempt_failed", []slog.Attr{reason, attempt, of, slog.Duration("next_in", e.Pause)}
	case monitor.Failed:
		return slog.LevelWarn, "reconnect_failed", []slog.Attr{reason, attempt, client, server}
	case monitor.Refused:
		return slog.LevelWarn, "reconnect_refused", []slog.Attr{reason}
	case monitor.Cancelled:
		return slog.LevelInfo, "reconnect_cancelled", []slog.Attr{reason}
	case monitor.Held:
		return slog.LevelWarn, "reconnect_held", []slog.Attr{cause, reason}
	}
	return slog.LevelInfo, "", nil
}
