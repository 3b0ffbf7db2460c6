package cli

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"time"

	"altv-tray/monitor"
	"altv-tray/monitor/clientfolder"
	"altv-tray/monitor/control"
	"altv-tray/settings"
	"altv-tray/tray/errtext"
	"altv-tray/tray/surroundings"
	"altv-tray/tray/view"
)

// Reconnect sends the client back onto the server. The tray app does it, or this process if
// no tray app runs with the same profile and client.
type Reconnect struct {
	Wait    bool          `help:"Wait until the player is in game."`
	Timeout time.Duration `help:"Give up after this time." default:"60s"`
}

func (c Reconnect) Validate() error { return positive("--timeout", c.Timeout) }

func (c Reconnect) Run(ctx context.Context, e *Env) Code {
	s, code := e.actingScope(Failed)
	if code != OK {
		return code
	}
	var r control.ReconnectResult
	if s.app != nil {
		ask := control.Request{Wait: c.Wait, Timeout: c.Timeout}
		if err := s.app.Ask(ctx, control.Reconnect, ask, &r); err != nil && ctx.Err() == nil {
			return e.report(Failed, err)
		}
	} else {
		if !errors.Is(s.appErr, control.ErrNoTray) {
			e.Say("altv-tray: " + errtext.English(s.appErr) + ", so this command sends the reconnect itself")
		}
		release, err := control.Lock(control.ClientReconnect, surroundings.ClientAddress(s.settings))
		if errors.Is(err, control.ErrLocked) {
			err = errors.New("another altv-tray reconnect is under way for this client, so nothing was sent: wait for it, or start altv-tray, which joins the two")
		}
		if err != nil {
			return e.report(Failed, err)
		}
		defer release()
		m, _, end := startMonitor(ctx, e.target(s), monitor.Options{})
		defer end()
		r = control.DoReconnect(ctx, m, m.Reconnect, c.Wait, c.Timeout)
	}
	if ctx.Err() != nil {
		return e.report(Failed, errors.New("interrupted; what was sent cannot be called back"))
	}
	return e.reportResult(r, s.settings.Active(), c.Wait, c.Timeout)
}

// reportResult prints the outcome of a reconnect, and what to do if it failed. It returns the exit code.
func (e *Env) reportResult(r control.ReconnectResult, profile settings.Profile, wait bool, timeout time.Duration) Code {
	switch down := r.Server == monitor.ServerDown.String(); {
	case down && r.OK && wait:
		e.Say("altv-tray: the server seemed to be down") // or its address in the profile is wrong
	case down:
		e.Say("altv-tray: the server seems to be down")
	}
	switch {
	case r.OK && wait:
		e.print("in game after %.1f s", r.Seconds)
		return OK
	case r.OK:
		e.print("accepted")
		return OK
	case r.TimedOut:
		return e.report(TimedOut, fmt.Errorf("not reconnected within %s", timeout))
	}
	code := Failed
	switch reason := monitor.ParseReason(r.Reason); {
	case reason == monitor.ClientAbsent:
		code = NotRunning
	case reason == monitor.ClientForeign:
		code = NotAltV
	case reason.Keyring():
		code = NoPassword
	}
	return e.report(code, errors.New("not reconnected: "+view.EnglishFailure(r.Reason, r.Server, profile)))
}

// Start starts alt:V in debug mode, on its way to the profile's server.
type Start struct{}

func (Start) Run(ctx context.Context, e *Env) Code {
	if runtime.GOOS != "windows" { // first, because advice about the settings cannot help here
		return e.report(Failed, clientfolder.ErrWindowsOnly)
	}
	s, err := e.findScope()
	if err != nil {
		return e.report(Usage, err)
	}
	if s.problem != nil {
		return e.report(Failed, s.problem)
	}
	folder, err := clientfolder.Find(s.settings.Client.Folder)
	if err == nil {
		err = ctx.Err() // the search may have taken a while
	}
	if err == nil {
		err = clientfolder.Start(folder, surroundings.ServerAddress(s.settings.Active()))
	}
	if err == nil {
		e.Say("alt:V is starting in debug mode")
	}
	return e.report(Failed, err)
}
