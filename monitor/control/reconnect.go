package control

import (
	"context"
	"time"

	"altv-tray/monitor"
)

// ReconnectResult is what became of a reconnect that a command asked for.
type ReconnectResult struct {
	OK       bool    `json:"ok"`               // accepted, or in game if the command waits for that
	TimedOut bool    `json:"timed_out"`        // neither of them within the command's timeout
	Reason   string  `json:"reason,omitempty"` // monitor.Reason's name if it failed
	Server   string  `json:"server"`           // monitor.ServerState's name at the end
	Seconds  float64 `json:"seconds"`
}

// DoReconnect begins a reconnect with ask, which is Monitor.Reconnect or calls it, and waits
// for its outcome, at most for timeout. A reconnect that ask began is cancelled if it has not
// been sent by then, or when ctx ends: nobody expects the game to move any more.
func DoReconnect(ctx context.Context, m *monitor.Monitor, ask func() (job uint64, merged bool), wait bool, timeout time.Duration) ReconnectResult {
	start := time.Now()
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	sub := m.Subscribe()
	defer sub.Close()
	job, merged := ask()
	e, err := sub.Await(ctx, job, wait)
	r := ReconnectResult{Seconds: time.Since(start).Seconds(), Server: m.Snapshot().Server.String()}
	if err != nil {
		if r.TimedOut = true; !merged && job != 0 {
			m.Apply(monitor.Cancel(job))
		}
		return r
	}
	r.OK = e.Kind == monitor.Joined || e.Kind == monitor.Answered
	r.Reason = e.Reason.String()
	return r
}
