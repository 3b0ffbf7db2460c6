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

// Reconnect sends the client back onto the server: through the tray app, or in
// this process where none runs, or one that has something else in force than
// --profile and --settings ask for.
func (e *Env) Reconnect(ctx context.Context, wait bool, timeout time.Duration) Code {
	s, code := e.openSound(ctx, Failed)
	if code != OK {
		return code
	}
	if s.tray != nil {
		s.trayErr = e.differs(ctx, s)
	}
	if s.trayErr == nil {
		v, err := s.tray.Reconnect(ctx, wait, timeout)
		if err != nil && ctx.Err() != nil {
			return e.fail(Failed, errInterrupted)
		}
		if err != nil {
			return e.fail(Failed, err)
		}
		return e.verdict(v, s.profile, wait, timeout)
	}
	if !errors.Is(s.trayErr, control.ErrNoTray) {
		e.Say("altv-tray: " + errtext.English(s.trayErr))
	}
	return e.reconnectHere(ctx, s, wait, timeout)
}

// differs tells why the running tray app cannot do what --profile or --settings
// ask for: it has another profile in force, or watches another client.
func (e *Env) differs(ctx context.Context, s sound) error {
	if e.Profile == "" && e.SettingsFile == "" {
		return nil
	}
	r, err := s.tray.Snapshot(ctx)
	switch client := s.store.Current().Client.Address; {
	case err != nil:
		return err
	case r.Profile != s.profile.Name:
		return fmt.Errorf("the running altv-tray has profile %q in force, so this command sends the reconnect itself", r.Profile)
	case r.Client.Address != client:
		return fmt.Errorf("the running altv-tray watches the client at %s, so this command sends the reconnect itself", r.Client.Address)
	}
	return nil
}

// reconnectHere does it in this process.
func (e *Env) reconnectHere(ctx context.Context, s sound, wait bool, timeout time.Duration) Code {
	deadline, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	target := target(s.store.Current(), e)
	var v control.Verdict
	if s.paths.MakeStateDir() == nil {
		release, sent, err := control.LockCommand(deadline, s.paths.StateDir, func() {
			e.Say("another reconnect is under way: waiting for it")
		})
		switch {
		case err != nil && ctx.Err() != nil:
			return e.fail(Failed, errInterrupted)
		case err != nil && deadline.Err() != nil:
			return e.fail(TimedOut, err)
		case err != nil:
			e.Say("altv-tray: " + errtext.English(err)) // a folder that cannot be written keeps nobody out of the game
		default:
			defer func() { release(v.OK) }()
		}
		if sent && (!wait || getsInGame(deadline, target.Address)) {
			e.Say("another reconnect has just done it")
			v.OK = true
			return OK
		}
	}
	m := monitor.New(target, monitor.Options{})
	defer running(ctx, m)()
	v = control.Reconnect(deadline, m, m.Reconnect, wait, timeout)
	if ctx.Err() != nil {
		return e.fail(Failed, errInterrupted)
	}
	return e.verdict(v, s.profile, wait, timeout)
}

// getsInGame follows a client that another process has just sent onto the
// server; false where it comes back, or not there in time.
func getsInGame(ctx context.Context, address string) bool {
	port := debugport.New(address, nil)
	defer port.Close()
	for begun := time.Now(); ; {
		switch port.Status(ctx, false).Status {
		case debugport.InGame:
			return true
		case debugport.Disconnecting, debugport.Connecting, debugport.DownloadingFiles:
		default:
			// It may not have reacted yet.
			if time.Since(begun) > monitor.LeaveTimeout {
				return false
			}
		}
		select {
		case <-time.After(monitor.PollPending):
		case <-ctx.Done():
			return false
		}
	}
}

// target is for one reconnect by hand: nothing follows by itself.
func target(set settings.Settings, e *Env) monitor.Target {
	t := surroundings.Target(set, e.keyring())
	t.Config.Auto = false
	return t
}

// verdict says what came of it, and what to do where nothing did.
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
