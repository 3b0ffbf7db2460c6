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
	app, code := e.ask(ctx, control.Ready, control.Request{})
	if code != OK {
		return code
	}
	store, err := settings.Open(app.Found.Settings, app.Found.Profile)
	if err != nil || store.Problem() != nil {
		return OK // what is in force is not known
	}
	if p := store.Current().Active(); p.Ready != settings.ReadySignal {
		e.Say(fmt.Sprintf("altv-tray: profile %q goes by ready = %q, so this changes nothing: set ready = %q in it", p.Name, p.Ready, settings.ReadySignal))
	}
	return OK
}

// Pause stops automatic reconnects, for Duration or until resumed.
type Pause struct {
	Duration *time.Duration `arg:"" optional:"" help:"For how long, such as 15m or 1h. Without it, until resumed."`
}

func (c Pause) Validate() error {
	if c.Duration == nil {
		return nil
	}
	return positive("the duration", *c.Duration)
}

func (c Pause) Run(ctx context.Context, e *Env) Code {
	d, length := time.Duration(0), "until resumed"
	if c.Duration != nil {
		d, length = *c.Duration, "for "+c.Duration.String()
	}
	app, code := e.ask(ctx, control.Pause, control.Request{Pause: d})
	if code == OK {
		e.Say("Automatic reconnects are paused " + length + "." + offHint(app))
	}
	return code
}

// Resume ends a pause.
type Resume struct{}

func (Resume) Run(ctx context.Context, e *Env) Code {
	app, code := e.ask(ctx, control.Resume, control.Request{})
	if code != OK {
		return code
	}
	did := "Automatic reconnects are resumed."
	if !app.Found.Automatic.Paused {
		did = "There was no pause."
	}
	e.Say(did + offHint(app))
	return OK
}

// ask has the tray app that runs do something, and says so if it cannot.
func (e *Env) ask(ctx context.Context, what string, with control.Request) (*control.Client, Code) {
	app, err := control.Find(e.Paths.StateDir)
	if err == nil {
		err = app.Ask(ctx, what, with, nil)
	}
	return app, e.report(NotRunning, err)
}

// offHint is what a pause does not change.
func offHint(app *control.Client) string {
	if app.Found.Automatic.Enabled {
		return ""
	}
	return " They are off in the settings: auto_reconnect.enabled = false."
}
