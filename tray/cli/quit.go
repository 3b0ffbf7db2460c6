package cli

import (
	"context"
	"errors"
	"fmt"
	"time"

	"altv-tray/monitor/control"
)

// quitLimit outlasts a panel that is just coming up, which ends only then.
const quitLimit = 20 * time.Second

// Quit ends the tray app and waits until it has.
type Quit struct{}

func (Quit) Run(ctx context.Context, e *Env) Code {
	err := quit(ctx, e.Paths.StateDir)
	code := Failed
	switch {
	case errors.Is(err, control.ErrNoTray):
		code = NotRunning
	case errors.Is(err, context.DeadlineExceeded):
		code = TimedOut
	}
	return e.report(code, err)
}

// quit ends the tray app and waits until it has ended. It returns control.ErrNoTray if none
// runs, which the lock shows: control.json may be missing for some seconds, or be broken.
func quit(ctx context.Context, stateDir string) error {
	ctx, cancel := context.WithTimeout(ctx, quitLimit)
	defer cancel()
	err := control.ErrNoTray // why it could not be asked; nil: it was
	for {
		if err != nil { // later, Windows could not delete the file while it is read here
			var app *control.Client
			if app, err = control.Find(stateDir); err == nil {
				err = app.Ask(ctx, control.Quit, control.Request{}, nil)
			}
		}
		release, held := control.Lock(control.TrayFolder, stateDir)
		switch {
		case held == nil:
			release()
			if err != nil && !errors.Is(err, control.ErrNoTray) {
				err = fmt.Errorf("%w (%w)", control.ErrNoTray, err)
			}
			return err
		case err != nil && (!errors.Is(err, control.ErrNoTray) || ctx.Err() != nil):
			return fmt.Errorf("altv-tray runs and cannot be reached: choose Quit in its menu (%w)", err)
		case ctx.Err() != nil:
			return fmt.Errorf("altv-tray was asked to quit and has not yet: %w", ctx.Err())
		}
		select {
		case <-time.After(50 * time.Millisecond):
		case <-ctx.Done():
		}
	}
}
