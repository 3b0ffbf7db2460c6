package cli

import (
	"context"
	"errors"
	"fmt"
	"time"

	"altv-tray/monitor"
	"altv-tray/monitor/control"
	"altv-tray/monitor/debugport"
	"altv-tray/settings"
	"altv-tray/tray/errtext"
	"altv-tray/tray/surroundings"
	"altv-tray/tray/view"
)

var errInterrupted = errors.New("interrupted; what was sent cannot be called back")

// Reconnect sends the client back onto the server: through the tray app, or by this process if
// none runs, or if it uses another profile or client than --profile and --settings.
type Reconnect struct {
	Wait    bool          `help:"Wait until the player is in game."`
	Timeout time.Duration `help:"Give up after this time." default:"60s"`
}

func (c Reconnect) Validate() error { return positive("--timeout", c.Timeout) }

func (c Reconnect) Run(ctx context.Context, e *Env) Code {
	s, code := e.openSound(Failed)
	if code != OK {
		return code
	}
	if s.tray != nil {
		s.trayErr = e.differs(s)
	}
	var v control.Verdict
	if s.trayErr == nil {
		var err error
		if v, err = s.tray.Reconnect(ctx, c.Wait, c.Timeout); err != nil && ctx.Err() == nil {
			return e.fail(Failed, err)
		}
	} else {
		if !errors.Is(s.trayErr, control.ErrNoTray) {
			e.Say("altv-tray: " + errtext.English(s.trayErr))
		}
		release, joined, err := c.joinOther(ctx, e, s)
		if ctx.Err() == nil && err != nil {
			return e.fail(TimedOut, err)
		}
		defer release()
		if joined {
			e.Say("another reconnect has just done it")
			return OK
		}
		m := monitor.New(target(s.store.Current(), e), monitor.Options{})
		defer running(ctx, m)()
		v = control.Reconnect(ctx, m, m.Reconnect, c.Wait, c.Timeout)
	}
	if ctx.Err() != nil {
		return e.fail(Failed, errInterrupted)
	}
	return e.verdict(v, s.profile, c.Wait, c.Timeout)
}

// joinOther waits for another command's reconnect of the same client, and reports whether that
// one serves this command too: it was sent and, with --wait, joined.
func (c Reconnect) joinOther(ctx context.Context, e *Env, s sound) (release func(), joined bool, err error) {
	address := surroundings.ClientAddress(s.store.Current())
	release, err = control.LockReconnect(address)
	if !errors.Is(err, control.ErrHeld) {
		return release, false, err
	}
	e.Say("another reconnect is under way: waiting for it")
	ctx, cancel := context.WithTimeout(ctx, c.Timeout)
	defer cancel()
	port := debugport.New(address, nil)
	defer port.Close()
	sent, ended := false, time.Time{}
	for {
		select {
		case <-time.After(monitor.PollPending):
		case <-ctx.Done():
			return release, false, fmt.Errorf("waiting for another reconnect: %w", ctx.Err())
		}
		status := port.Status(ctx, false).Status
		onTheWay := status == debugport.Disconnecting || status == debugport.Connecting || status == debugport.DownloadingFiles
		sent = sent || onTheWay
		if ended.IsZero() {
			if release, err = control.LockReconnect(address); err == nil {
				ended = time.Now()
			} else if !errors.Is(err, control.ErrHeld) {
				return release, false, err
			}
			continue
		}
		switch {
		case sent && (!c.Wait || status == debugport.InGame):
			return release, true, nil
		case sent && !onTheWay, !sent && time.Since(ended) > monitor.LeaveTimeout:
			return release, false, nil // it came back, or was never sent
		}
	}
}

// differs says why the running tray app cannot do what --profile or --settings
// ask for: it has another profile in force, or watches another client.
func (e *Env) differs(s sound) error {
	r, client := s.tray.Found, s.store.Current().Client.Address
	switch {
	case e.Profile == "" && e.SettingsFile == "":
		return nil
	case r.Profile != s.profile.Name:
		return fmt.Errorf("the running altv-tray has profile %q in force, so this command sends the reconnect itself", r.Profile)
	case r.Client.Address != client:
		return fmt.Errorf("the running altv-tray watches the client at %s, so this command sends the reconnect itself", r.Client.Address)
	}
	return nil
}

// target is for one reconnect by hand: nothing reconnects by itself.
func target(set settings.Settings, e *Env) monitor.Target {
	t := surroundings.Target(set, e.keyring())
	t.Config.Auto = false
	return t
}

// verdict prints the outcome, and what to do if it failed.
func (e *Env) verdict(v control.Verdict, profile settings.Profile, wait bool, timeout time.Duration) Code {
	switch down := v.Server == monitor.ServerDown.String(); {
	case down && v.OK && wait:
		e.Say("altv-tray: the server seemed to be down") // or is not where the profile says
	case down:
		e.Say("altv-tray: the server seems to be down")
	}
	switch {
	case v.OK && wait:
		e.print("in game after %.1f s", v.Seconds)
		return OK
	case v.OK:
		e.print("accepted")
		return OK
	case v.TimedOut:
		return e.fail(TimedOut, fmt.Errorf("not reconnected within %s", timeout))
	}
	code := Failed
	switch reason := monitor.ParseReason(v.Reason); {
	case reason == monitor.ClientAbsent:
		code = NotRunning
	case reason == monitor.ClientForeign:
		code = NotAltV
	case reason.Keyring():
		code = NoPassword
	}
	return e.fail(code, errors.New("not reconnected: "+view.FailureText(v.Reason, v.Server, profile)))
}
