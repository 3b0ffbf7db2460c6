package cli

import (
	"context"
	"time"

	"altv-tray/monitor/control"
)

// Ready tells the tray app that the server's own start-up is over.
func (e *Env) Ready(ctx context.Context) Code {
	return e.withTray(ctx, func(ctx context.Context, c *control.Client) error { return c.Ready(ctx) })
}

// Pause stops automatic reconnects for that long; 0 means until resumed.
func (e *Env) Pause(ctx context.Context, d time.Duration) Code {
	return e.withTray(ctx, func(ctx context.Context, c *control.Client) error { return c.Pause(ctx, d) })
}

// Resume ends a pause.
func (e *Env) Resume(ctx context.Context) Code {
	return e.withTray(ctx, func(ctx context.Context, c *control.Client) error { return c.Resume(ctx) })
}
