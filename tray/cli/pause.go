package cli

import (
	"context"
	"fmt"
	"time"

	"altv-tray/monitor/control"
	"altv-tray/settings"
)

// Ready tells the tray app that the server's own start-up is over.
func (e *Env) Ready(ctx context.Context) Code {
	return e.withTray(ctx, func(ctx context.Context, c *control.Client) error {
		if err := c.Ready(ctx); err != nil {
			return err
		}
		e.explainReady(ctx, c)
		return nil
	})
}

// explainReady says where the signal changes nothing, since the tray app takes
// another sign for it.
func (e *Env) explainReady(ctx context.Context, c *control.Client) {
	r, err := c.Snapshot(ctx)
	_, store, openErr := e.open()
	if err != nil || openErr != nil || store.Problem() != nil {
		return // what is in force is not known
	}
	if p, ok := store.Current().Find(r.Profile); ok && p.Ready != settings.ReadySignal {
		e.Say(fmt.Sprintf("altv-tray: profile %q goes by ready = %q, so this changes nothing: set ready = %q in it", p.Name, p.Ready, settings.ReadySignal))
	}
}

// Pause stops automatic reconnects for that long; 0 means until resumed.
func (e *Env) Pause(ctx context.Context, d time.Duration) Code {
	return e.withTray(ctx, func(ctx context.Context, c *control.Client) error { return c.Pause(ctx, d) })
}

// Resume ends a pause.
func (e *Env) Resume(ctx context.Context) Code {
	return e.withTray(ctx, func(ctx context.Context, c *control.Client) error { return c.Resume(ctx) })
}
