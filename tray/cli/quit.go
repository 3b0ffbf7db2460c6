package cli

import (
	"context"
	"errors"
	"fmt"
	"time"

	"altv-tray/monitor/control"
	"altv-tray/settings"
)

// quitLimit outlasts a panel that is just coming up, which ends only then.
const quitLimit = 20 * time.Second

// Quit ends the tray app and waits until it has.
func (e *Env) Quit(ctx context.Context) Code {
	paths, err := settings.DefaultPaths()
	if err != nil {
		return e.fail(Wrong, err)
	}
	switch err := quit(ctx, paths.StateDir); {
	case err == nil:
		return OK
	case errors.Is(err, control.ErrNoTray):
		return e.fail(NotRunning, err)
	case errors.Is(err, context.DeadlineExceeded):
		return e.fail(TimedOut, err)
	default:
		return e.fail(Failed, err)
	}
}

// quit gives control.ErrNoTray where none runs.
func quit(ctx context.Context, stateDir string) error {
	ctx, cancel := context.WithTimeout(ctx, quitLimit)
	defer cancel()
	c, err := control.Find(stateDir)
	if err == nil {
		err = c.Quit(ctx)
	}
	if err != nil {
		return err
	}
	look := time.NewTicker(50 * time.Millisecond)
	defer look.Stop()
	for {
		release, err := control.LockTray(stateDir)
		if err == nil {
			release()
			return nil
		}
		if !errors.Is(err, control.ErrHeld) {
			return err
		}
		select {
		case <-look.C:
		case <-ctx.Done():
			return fmt.Errorf("altv-tray was asked to quit and has not yet: %w", ctx.Err())
		}
	}
}
