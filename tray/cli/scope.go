package cli

import (
	"cmp"
	"context"
	"fmt"

	"altv-tray/monitor"
	"altv-tray/monitor/control"
	"altv-tray/settings"
	"altv-tray/tray/errtext"
	"altv-tray/tray/surroundings"
)

// scope is the settings that a command works with, and the running tray app if it uses the
// same profile and client. The settings are those that the flags name, else the tray app's,
// else the user's own.
type scope struct {
	paths    settings.Paths
	settings settings.Settings // while the file is broken: what the tray app reports of its own, or the defaults
	problem  error             // why the file is not in force
	app      *control.Client   // nil: no tray app runs, or it uses another profile or client
	appErr   error             // why app is nil
}

// findScope returns the scope of a command. The error is that the profile does not exist.
func (e *Env) findScope() (s scope, err error) {
	s.paths = e.Paths
	var r control.Report
	if s.app, s.appErr = control.Find(s.paths.StateDir); s.app != nil {
		r = s.app.Found
	}
	s.paths.Settings = cmp.Or(e.SettingsFile, r.Settings, s.paths.Settings)
	store, err := settings.Open(s.paths.Settings, e.Profile)
	if s.settings, s.problem = settings.Default(), err; err == nil {
		s.settings, s.problem = store.Current(), store.Problem()
	}
	appKeepsSettings := s.problem != nil && s.paths.Settings == r.Settings && cmp.Or(e.Profile, r.Profile) == r.Profile
	switch {
	case s.app == nil:
		return s, err
	case appKeepsSettings, e.noFlags():
		s.settings.Profile, s.settings.Client.Address = r.Profile, r.Client.Address
		return s, nil
	case r.Profile != s.settings.Profile:
		s.appErr = fmt.Errorf("the running altv-tray has profile %q in force", r.Profile)
	case r.Client.Address != s.settings.Client.Address:
		s.appErr = fmt.Errorf("the running altv-tray watches the client at %s", r.Client.Address)
	case s.problem == nil:
		return s, nil
	}
	s.app = nil
	return s, err
}

// noFlags reports whether neither --settings nor --profile is set.
func (e *Env) noFlags() bool { return e.SettingsFile == "" && e.Profile == "" }

// actingScope is findScope for commands that change something. These refuse a broken file,
// with the code failed, unless the tray app still has its earlier settings in force.
func (e *Env) actingScope(failed Code) (scope, Code) {
	s, err := e.findScope()
	switch {
	case err != nil:
		return s, e.report(Usage, err)
	case s.problem != nil && s.app == nil:
		return s, e.report(failed, s.problem)
	}
	e.warnBroken(s)
	return s, OK
}

// warnBroken prints which settings are used while the file is broken.
func (e *Env) warnBroken(s scope) {
	if s.problem == nil {
		return
	}
	then := "the defaults are used"
	if s.app != nil {
		then = "the running altv-tray keeps the settings that it had"
	}
	e.Say("altv-tray: " + errtext.English(s.problem) + ". Until it is corrected " + then + ".")
}

// target is what this process watches when no tray app does it. Automatic reconnects are off.
func (e *Env) target(s scope) monitor.Target {
	t := surroundings.Target(s.settings, e.Keyring)
	t.Config.Auto = false
	return t
}

// startMonitor runs a monitor in this process, with a subscription that misses nothing. The
// caller must call end, which ends both.
func startMonitor(ctx context.Context, t monitor.Target, o monitor.Options) (m *monitor.Monitor, sub *monitor.Subscription, end func()) {
	m = monitor.New(t, o)
	sub = m.Subscribe()
	ctx, stop := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() { defer close(done); m.Run(ctx) }()
	return m, sub, func() { stop(); <-done; sub.Close() }
}
