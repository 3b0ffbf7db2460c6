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
	app, err := control.Find(e.Paths.StateDir)
	if err == nil {
		err = app.Ask(ctx, control.Open, control.Request{}, &url)
	}
	if err != nil {
		return e.report(NotRunning, err)
	}
	return e.browse(ctx, url)
}

// browse hands an address to the user's browser. Where there is none it prints the address.
func (e *Env) browse(ctx context.Context, url string) Code {
	ended := make(chan error, 1)
	go func() { ended <- action.Browse(url) }()
	select {
	case err := <-ended:
		if err != nil {
			e.Say("altv-tray: no browser could be started. Within a minute this address can be opened by hand: " + url)
			return Failed
		}
	case <-time.After(browserLimit):
	case <-ctx.Done():
	}
	return OK
}
