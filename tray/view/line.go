package view

import (
	"cmp"
	"fmt"
	"time"

	"altv-tray/monitor"
	"altv-tray/monitor/debugport"
	"altv-tray/monitor/problem"
	"altv-tray/tray/errtext"
	"altv-tray/tray/lang"
)

// Line returns a line of English about an event, for a terminal. It is empty if the line of another
// event says the same.
func Line(e monitor.Event) string {
	switch e.Kind {
	case monitor.ClientChanged:
		if e.To.Outcome == debugport.Unasked {
			return ""
		}
		return StateLine("client", e.To.String(), cmp.Or(e.To.Word, problemText(e.To.Problem())))
	case monitor.ServerChanged:
		return StateLine("server", e.Server.String(), problemText(&e.Why))
	case monitor.Paused:
		if e.Pause == 0 {
			return "automatic reconnects are paused until resumed"
		}
		return fmt.Sprintf("automatic reconnects are paused for %s", e.Pause.Round(time.Second))
	case monitor.Resumed:
		return "automatic reconnects are resumed"
	case monitor.Slept:
		return "the computer slept"
	case monitor.NewPassword:
		return "another password was stored"
	case monitor.SignalMissing:
		return "the server's port is open, but no signal has come from altv-tray ready"
	}
	return reconnectLine(e)
}

// StateLine returns the line of a state of the client or the server. Why may be empty.
func StateLine(of, state, why string) string {
	if why != "" {
		why = ": " + why
	}
	return of + "  " + state + why
}

func problemText(p *problem.Problem) string {
	if p == nil || p.Code == "" {
		return ""
	}
	return errtext.English(p)
}

// reconnectLine returns the line of an event of a reconnect.
func reconnectLine(e monitor.Event) string {
	switch e.Kind {
	case monitor.Triggered:
		return map[monitor.Cause]string{
			monitor.ServerRestart: "the server is back: reconnecting",
			monitor.Launch:        "the client was started: reconnecting",
			monitor.DroppedOut:    "the client fell out of the game: reconnecting",
		}[e.Cause]
	case monitor.CountingDown:
		return fmt.Sprintf("reconnecting in %.0f s", e.Pause.Seconds())
	case monitor.Asked:
		return "asked to reconnect"
	case monitor.Answered:
		if e.Answer == debugport.NotSent {
			return "" // the connection had just ended; the request is sent over the next one
		}
		return "POST /reconnect: " + string(e.Answer)
	case monitor.Joined:
		return fmt.Sprintf("in game, %.1f s after it began", e.Took.Seconds())
	case monitor.AttemptFailed:
		return fmt.Sprintf("attempt %d of %d failed: %s; the next in %.0f s", e.Attempt, e.Attempts, reasonText(e.Reason), e.Pause.Seconds())
	case monitor.Failed, monitor.Refused:
		return "not reconnected: " + reasonText(e.Reason)
	case monitor.Cancelled:
		return "the reconnect was cancelled: " + reasonText(e.Reason)
	case monitor.Missed:
		return "not reconnected during the pause, though " + map[monitor.Cause]string{
			monitor.ServerRestart: "the server restarted",
			monitor.Launch:        "the client was started",
			monitor.DroppedOut:    "the client fell out of the game",
		}[e.Cause]
	case monitor.Withheld:
		return "no reconnect by itself: " + reasonText(e.Reason)
	}
	return ""
}

func reasonText(r monitor.Reason) string {
	switch r {
	case monitor.ByUser:
		return "by the user"
	case monitor.TurnedOff:
		return "automatic reconnects are off or paused"
	}
	return lang.English().T("why." + r.String())
}
