package cli

import (
	"context"
	"errors"
	"time"

	"altv-tray/monitor/control"
	"altv-tray/settings"
	"altv-tray/tray/action"
)

// browserLimit is how long a browser may take to say that it cannot: some run
// until they are closed.
const browserLimit = 3 * time.Second

// Open opens the dashboard of the tray app that runs. The app makes the address;
// this process, which has the user's session, opens the browser.
type Open struct{}

func (Open) Run(ctx context.Context, e *Env) Code {
	paths, err := settings.DefaultPaths()
	if err != nil {
		return e.fail(Wrong, err)
	}
	c, err := control.Find(paths.StateDir)
	url := ""
	if err == nil {
		url, err = c.Open(ctx)
	}
	switch {
	case errors.Is(err, control.ErrNoTray), c == nil:
		return e.fail(NotRunning, err)
	case err != nil:
		return e.fail(Wrong, err)
	}
	if err = browse(ctx, url); err != nil {
		code := e.fail(Failed, err)
		e.Say("Within a minute it can be opened by hand: " + url)
		return code
	}
	return OK
}

// browse hands an address to the user's browser.
func browse(ctx context.Context, url string) error {
	failed := make(chan error, 1)
	go func() { failed <- action.Browse(url) }()
	select {
	case err := <-failed:
		return err
	case <-time.After(browserLimit):
	case <-ctx.Done():
	}
	return nil
}
