package control

import (
	"context"
	"time"

	"altv-tray/monitor"
)

// ReconnectResult is what became of a reconnect that a command asked for.
type ReconnectResult struct {
	OK       bool    `json:"ok"`               // accepted, or in game if that was waited for
	TimedOut bool    `json:"timed_out"`        // neither within the time given
	Joined   bool    `json:"joined_another"`   // one was under way, and this one joined it
	Reason   string  `json:"reason,omitempty"` // monitor.Reason's word if it failed
	Server   string  `json:"server"`           // the server's state then
	Seconds  float64 `json:"seconds"`
}

// DoReconnect starts a reconnect with ask, as the monitor's own Reconnect, and waits for its
// outcome, at most for timeout. If ask began a new one that has not been sent by then, or
// when ctx ends, it is cancelled: nobody expects the game to move any more.
func DoReconnect(ctx context.Context, m *monitor.Monitor, ask func() (job uint64, joined bool), wait bool, timeout time.Duration) ReconnectResult {
	start := time.Now()
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	sub := m.Subscribe()
	defer sub.Close()
	job, joined := ask()
	e, err := monitor.Await(ctx, sub, job, wait)
	v := ReconnectResult{Joined: joined, Seconds: time.Since(start).Seconds(), Server: m.Snapshot().Server.String()}
	if err != nil {
		if v.TimedOut = true; !joined && job != 0 {
			m.Apply(monitor.Cancel(job))
		}
		return v
	}
	v.OK = e.Kind == monitor.Joined || e.Kind == monitor.Answered
	v.Reason = e.Reason.String()
	return v
}
