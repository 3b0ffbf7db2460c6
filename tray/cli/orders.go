package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"altv-tray/monitor/control"
	"altv-tray/settings"
	"altv-tray/tray/action"
	"altv-tray/tray/notify"
)

// ask asks the running tray app to do what, and prints why that failed.
func (e *Env) ask(ctx context.Context, what string, with control.Request, answer any) (*control.Client, Code) {
	app, err := control.Find(e.Paths.StateDir)
	if err == nil {
		err = app.Ask(ctx, what, with, answer)
	}
	return app, e.report(NotRunning, err)
}

// Ready tells the tray app that the server has completed its own start-up.
type Ready struct{}

func (Ready) Run(ctx context.Context, e *Env) Code {
	app, code := e.ask(ctx, control.Ready, control.Request{}, nil)
	if code != OK {
		return code
	}
	store, err := settings.Open(app.Found.Settings, app.Found.Profile)
	if err != nil || store.Problem() != nil {
		return OK // the settings in force are not known
	}
	if p := store.Current().Active(); p.Ready != settings.ReadySignal {
		e.Say(fmt.Sprintf("altv-tray: profile %q goes by ready = %q, so this changes nothing: set ready = %q in it", p.Name, p.Ready, settings.ReadySignal))
	}
	return OK
}

// Pause stops automatic reconnects.
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
	app, code := e.ask(ctx, control.Pause, control.Request{Pause: d}, nil)
	if code == OK {
		e.Say("Automatic reconnects are paused " + length + "." + offHint(app))
	}
	return code
}

// Resume ends a pause.
type Resume struct{}

func (Resume) Run(ctx context.Context, e *Env) Code {
	app, code := e.ask(ctx, control.Resume, control.Request{}, nil)
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

// offHint returns a sentence for the case that automatic reconnects are off anyway.
func offHint(app *control.Client) string {
	if app.Found.Automatic.Enabled {
		return ""
	}
	return " They are off in the settings: auto_reconnect.enabled = false."
}

// Open opens the running tray app's dashboard in the browser.
type Open struct{}

func (Open) Run(ctx context.Context, e *Env) Code {
	url := ""
	if _, code := e.ask(ctx, control.Open, control.Request{}, &url); code != OK {
		return code
	}
	return e.browse(ctx, url)
}

// browserLimit is how long to wait for a browser's error. Some browsers run until they are closed.
const browserLimit = 3 * time.Second

// browse opens a URL in the user's browser. If there is no browser, it prints the URL.
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

// ButtonCode returns the code of the notification button that this process was started for,
// and whether it was. The system starts it with one argument, notify.Scheme and the code. An
// address that breaks out of its quotes makes several arguments: the code is then empty, and
// no argument is taken for a flag or a command.
func ButtonCode(args []string) (code string, ok bool) {
	if len(args) == 0 || len(args[0]) < len(notify.Scheme) || !strings.EqualFold(args[0][:len(notify.Scheme)], notify.Scheme) {
		return "", false
	}
	if len(args) > 1 {
		return "", true
	}
	return args[0][len(notify.Scheme):], true
}

// pressLimit is how long the tray app may take to accept a button's code.
const pressLimit = 5 * time.Second

// PressButton passes a button's code to the running tray app. It prints nothing: a web page
// can open the scheme too, and must learn nothing.
func PressButton(ctx context.Context, code string) Code {
	paths, err := settings.DefaultPaths()
	if err != nil {
		return Wrong
	}
	app, err := control.Find(paths.StateDir)
	if err != nil {
		return NotRunning
	}
	allowForeground(app.PID())
	ctx, cancel := context.WithTimeout(ctx, pressLimit)
	defer cancel()
	if err := app.Ask(ctx, control.Press, control.Request{Code: code}, nil); err != nil {
		return Failed
	}
	return OK
}

// Quit ends the tray app and waits until it has ended.
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

// quitLimit is longer than a panel takes to come up: until then it cannot end.
const quitLimit = 20 * time.Second

// quit ends the tray app and waits until it has ended. It returns control.ErrNoTray if none
// runs. The lock shows whether one runs: control.json may be missing for some seconds, or
// be broken.
func quit(ctx context.Context, stateDir string) error {
	ctx, cancel := context.WithTimeout(ctx, quitLimit)
	defer cancel()
	err := control.ErrNoTray // why the app could not be asked; nil once it was
	for {
		if err != nil { // read control.json no longer once the app was asked: Windows cannot delete a file that is being read
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
