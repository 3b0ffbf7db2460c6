// Package cli has the commands. Data goes to standard output, all else to standard error.
package cli

import (
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

	SettingsFile string // empty: the user's own
	Profile      string // empty: the one that the settings name

	Keyring settings.Keyring // nil: the system's

	CommandLine *kong.Node // all commands and flags, for Man and Complete
}

// Say prints what is not data.
func (e *Env) Say(text string) { _, _ = fmt.Fprintln(e.Stderr, text) }

// fail prints what went wrong and returns the code.
func (e *Env) fail(code Code, err error) Code {
	e.Say("altv-tray: " + errtext.English(err))
	return code
}

func (e *Env) print(format string, a ...any) { _, _ = fmt.Fprintf(e.Stdout, format+"\n", a...) }

func (e *Env) keyring() settings.Keyring {
	if e.Keyring == nil {
		e.Keyring = settings.OSKeyring()
	}
	return e.Keyring
}

// open reads the settings. With a broken file the store has the defaults and the problem.
func (e *Env) open() (settings.Paths, *settings.Store, error) {
	paths, err := settings.DefaultPaths()
	if err != nil {
		return paths, nil, err
	}
	if e.SettingsFile != "" {
		paths.Settings = e.SettingsFile
	}
	store, err := settings.Open(paths.Settings, e.Profile)
	return paths, store, err
}

// sound is what a command that acts goes by.
type sound struct {
	store *settings.Store
	// profile is the one in use.
	profile settings.Profile
	tray    *control.Client // the tray app that runs; nil: none does
	trayErr error           // why tray is nil
}

// openSound is open for commands that act. With a broken file only a running tray app, which
// keeps its settings, knows the client and the profile. Failed is the code of a failure.
func (e *Env) openSound(failed Code) (sound, Code) {
	paths, store, err := e.open()
	if err != nil {
		return sound{}, e.fail(Usage, err)
	}
	s := sound{store: store, profile: store.Current().Active()}
	s.tray, s.trayErr = control.Find(paths.StateDir)
	if store.Problem() == nil {
		return s, OK
	}
	if s.tray == nil || e.SettingsFile != "" || e.Profile != "" {
		return s, e.fail(failed, store.Problem())
	}
	e.Say("altv-tray: the running altv-tray keeps the settings that it had: " + errtext.English(store.Problem()))
	s.profile = settings.Profile{Name: s.tray.Found.Profile, Password: settings.PasswordKeyring}
	return s, OK
}

// withTray does something with the tray app that runs.
func (e *Env) withTray(ctx context.Context, do func(context.Context, *control.Client) error) Code {
	paths, err := settings.DefaultPaths()
	if err != nil {
		return e.fail(Wrong, err)
	}
	c, err := control.Find(paths.StateDir)
	if err == nil {
		err = do(ctx, c)
	}
	if err != nil {
		return e.fail(NotRunning, err)
	}
	return OK
}

// positive is for Validate, which kong calls on the flags and arguments.
func positive[T int | time.Duration](what string, n T) error {
	if n <= 0 {
		return fmt.Errorf("%s must be above 0, is %v", what, n)
	}
	return nil
}

// running has the monitor run until end is called, which waits for its end.
func running(ctx context.Context, m *monitor.Monitor) (end func()) {
	ctx, stop := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() { defer close(done); m.Run(ctx) }()
	return func() { stop(); <-done }
}
