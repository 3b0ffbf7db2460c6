package cli

import (
	"fmt"

	"altv-tray/monitor"
	"altv-tray/monitor/debugport"
)

// line tells an event in one English line, for a terminal; empty for what is
// not worth one.
func line(e monitor.Event) string {
	switch e.Kind {
	case monitor.ClientChanged:
		if e.To.Outcome == debugport.Unasked {
			return ""
		}
		return "client  " + e.To.String()
	case monitor.ServerChanged:
		return "server  " + e.Server.String()
	case monitor.Triggered:
		return map[monitor.Cause]string{
			monitor.ServerRestart: "the server is back: reconnecting",
			monitor.Launch:        "the client was started: reconnecting",
			monitor.DroppedOut:    "the client fell out of the game: reconnecting",
		}[e.Cause]
	case monitor.Asked:
		return "asked to reconnect"
	case monitor.Sending:
		return "POST /reconnect"
	case monitor.Joined:
		return fmt.Sprintf("in game, %.1f s after it began", e.Took.Seconds())
	case monitor.AttemptFailed:
		return fmt.Sprintf("attempt %d of %d failed (%s), next in %.0f s", e.Attempt, e.Attempts, e.Reason, e.Pause.Seconds())
	case monitor.Failed, monitor.Refused:
		return "not reconnected: " + e.Reason.String()
	case monitor.Cancelled:
		return "called off: " + e.Reason.String()
	}
	return ""
}
