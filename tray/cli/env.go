// Package cli has the commands. Data goes to standard output, all else to standard error.
package cli

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/alecthomas/kong"

	"altv-tray/monitor"
	"altv-tray/monitor/control"
	"altv-tray/settings"
	"altv-tray/tray/errtext"
)

// Version is the program's, set by the release build.
var Version = "1.0.0"

// Home is the project's page, set by the release build; empty: none is known.
var Home string

// PrintVersion prints the program's version.
type PrintVersion struct{}

func (PrintVersion) Run(_ context.Context, e *Env) Code {
	e.print("altv-tray %s", Version)
	return OK
}

// Code is a command's exit code.
type Code int

// The exit codes of the contract.
const (
	OK         Code = 0
	Wrong      Code = 1 // something else is wrong
	Usage      Code = 2 // a wrong command line
	NotRunning Code = 3 // no client, or no tray app, runs
	TimedOut   Code = 4 // no answer, or not in time
	Failed     Code = 5
	NoPassword Code = 6 // the keyring, or nothing in it
	NotAltV    Code = 7
)

// Env is what a command works with.
type Env struct {
	Stdin  *os.File
	Stdout io.Writer
	Stderr io.Writer

	Paths        settings.Paths // this user's
	SettingsFile string         // empty: the user's own
	Profile      string         // empty: the one that the settings name

	Keyring settings.Keyring

	CommandLine *kong.Node // all commands and flags, for Man and Complete
}

// Say prints what is not data.
func (e *Env) Say(text string) { _, _ = fmt.Fprintln(e.Stderr, text) }

// report prints what went wrong and returns the code for that, or OK if nothing did.
func (e *Env) report(code Code, err error) Code {
	if err == nil {
		return OK
	}
	e.Say("altv-tray: " + errtext.English(err))
	return code
}

func (e *Env) print(format string, a ...any) { _, _ = fmt.Fprintf(e.Stdout, format+"\n", a...) }

// scope is what a command goes by: the settings that the flags name, else those of the
// running tray app, else the user's own.
type scope struct {
	paths    settings.Paths
	settings settings.Settings // while the file is broken what is known of the app's, or the defaults
	problem  error             // why the file is not in force
	app      *control.Client   // the tray app that goes by the same; nil: none runs
	appErr   error             // why app is nil
}

// findScope finds out what to go by. The error is that of a profile that is not there.
func (e *Env) findScope() (g scope, err error) {
	g.paths = e.Paths
	var r control.Report
	if g.app, g.appErr = control.Find(g.paths.StateDir); g.app != nil {
		r = g.app.Found
	}
	g.paths.Settings = cmp.Or(e.SettingsFile, r.Settings, g.paths.Settings)
	store, err := settings.Open(g.paths.Settings, e.Profile)
	if g.settings, g.problem = settings.Default(), err; err == nil {
		g.settings, g.problem = store.Current(), store.Problem()
	}
	keeps := g.problem != nil && g.paths.Settings == r.Settings && cmp.Or(e.Profile, r.Profile) == r.Profile
	switch {
	case g.app == nil:
		return g, err
	case keeps, e.noFlags():
		g.settings.Profile, g.settings.Client.Address = r.Profile, r.Client.Address
		return g, nil
	case r.Profile != g.settings.Profile:
		g.appErr = fmt.Errorf("the running altv-tray has profile %q in force", r.Profile)
	case r.Client.Address != g.settings.Client.Address:
		g.appErr = fmt.Errorf("the running altv-tray watches the client at %s", r.Client.Address)
	case g.problem == nil:
		return g, nil
	}
	g.app = nil
	return g, err
}

// noFlags reports whether no flag names other settings than the running tray app's.
func (e *Env) noFlags() bool { return e.SettingsFile == "" && e.Profile == "" }

// actingScope is ground for commands that act. A broken file is enough for them only while the
// tray app keeps the settings that it had. Failed is the code of a failure.
func (e *Env) actingScope(failed Code) (scope, Code) {
	g, err := e.findScope()
	switch {
	case err != nil:
		return g, e.report(Usage, err)
	case g.problem != nil && g.app == nil:
		return g, e.report(failed, g.problem)
	}
	e.warnBroken(g)
	return g, OK
}

// warnBroken says what counts while the settings file is broken.
func (e *Env) warnBroken(g scope) {
	if g.problem == nil {
		return
	}
	then := "the defaults are used"
	if g.app != nil {
		then = "the running altv-tray keeps the settings that it had"
	}
	e.Say("altv-tray: " + errtext.English(g.problem) + ". Until it is corrected " + then + ".")
}

// positive is for Validate, which kong calls on the flags and arguments.
func positive[T int | time.Duration | float64](what string, n T) error {
	if !(n > 0) { // NaN is no number
		return fmt.Errorf("%s must be above 0, is %v", what, n)
	}
	return nil
}

// startMonitor runs a monitor and follows it from its first look on; end ends both.
func startMonitor(ctx context.Context, t monitor.Target, o monitor.Options) (m *monitor.Monitor, sub *monitor.Subscription, end func()) {
	m = monitor.New(t, o)
	sub = m.Subscribe()
	ctx, stop := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() { defer close(done); m.Run(ctx) }()
	return m, sub, func() { stop(); <-done; sub.Close() }
}
