package cli

import (
	"cmp"
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

// quit ends the tray app and waits until it has. It gives control.ErrNoTray
// where none runs: the lock tells, since the file for commands may be missing
// for some seconds, or be one that nobody can use.
func quit(ctx context.Context, stateDir string) error {
	ctx, cancel := context.WithTimeout(ctx, quitLimit)
	defer cancel()
	look := time.NewTicker(50 * time.Millisecond)
	defer look.Stop()
	for asked := false; ; {
		var failed error
		if !asked {
			failed = askToQuit(ctx, stateDir)
			asked = failed == nil
		}
		release, err := control.LockTray(stateDir)
		switch {
		case err == nil:
			release()
			if failed != nil && !errors.Is(failed, control.ErrNoTray) {
				return fmt.Errorf("%w (%w)", control.ErrNoTray, failed)
			}
			return failed
		case !errors.Is(err, control.ErrHeld):
			return cmp.Or(failed, err)
		case failed != nil && !errors.Is(failed, control.ErrNoTray):
			return fmt.Errorf("altv-tray runs and cannot be reached: choose Quit in its menu (%w)", failed)
		}
		select {
		case <-look.C:
			continue
		case <-ctx.Done():
		}
		if failed != nil {
			return errors.New("altv-tray runs and cannot be reached: choose Quit in its menu")
		}
		return fmt.Errorf("altv-tray was asked to quit and has not yet: %w", ctx.Err())
	}
}

func askToQuit(ctx context.Context, stateDir string) error {
	c, err := control.Find(stateDir)
	if err != nil {
		return err
	}
	return c.Quit(ctx)
}
