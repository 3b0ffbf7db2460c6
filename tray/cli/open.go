package cli

import (
	"context"
	"time"

	"altv-tray/monitor/control"
	"altv-tray/tray/action"
)

// browserLimit is how long to wait for a browser's error: some run until they are closed.
const browserLimit = 3 * time.Second

// Open opens the running tray app's dashboard, in the browser of this session.
type Open struct{}

func (Open) Run(ctx context.Context, e *Env) Code {
	url := ""
	code := e.withTray(ctx, func(ctx context.Context, app *control.Client) (err error) {
		url, err = app.Open(ctx)
		return err
	})
	if code != OK {
		return code
	}
	if err := browse(ctx, url); err != nil {
		code = e.fail(Failed, err)
		e.Say("Within a minute it can be opened by hand: " + url)
	}
	return code
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
