package cli

import (
	"context"
	"fmt"
	"time"

	"altv-tray/monitor/control"
	"altv-tray/settings"
)

// Ready lets the tray app know that the server's own start-up is over.
type Ready struct{}

func (Ready) Run(ctx context.Context, e *Env) Code {
	return e.withTray(ctx, func(ctx context.Context, app *control.Client) error {
		if err := app.Ready(ctx); err != nil {
			return err
		}
		_, store, err := e.open()
		if err != nil || store.Problem() != nil {
			return nil // what is in force is not known
		}
		if p, ok := store.Current().Find(app.Found.Profile); ok && p.Ready != settings.ReadySignal {
			e.Say(fmt.Sprintf("altv-tray: profile %q goes by ready = %q, so this changes nothing: set ready = %q in it", p.Name, p.Ready, settings.ReadySignal))
		}
		return nil
	})
}

// Pause stops automatic reconnects, for Duration or until resumed.
type Pause struct {
	Duration *time.Duration `arg:"" optional:"" help:"For how long, as 15m or 1h. Left out: until resumed."`
}

func (c Pause) Validate() error {
	if c.Duration == nil {
		return nil
	}
	return positive("the duration", *c.Duration)
}

func (c Pause) Run(ctx context.Context, e *Env) Code {
	return e.withTray(ctx, func(ctx context.Context, app *control.Client) error {
		if c.Duration == nil {
			return app.Pause(ctx, 0)
		}
		return app.Pause(ctx, *c.Duration)
	})
}

// Resume ends a pause.
type Resume struct{}

func (Resume) Run(ctx context.Context, e *Env) Code {
	return e.withTray(ctx, func(ctx context.Context, app *control.Client) error { return app.Resume(ctx) })
}
