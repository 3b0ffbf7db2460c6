// Package cli implements the commands. They write data to standard output, and everything
// else to standard error.
package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/alecthomas/kong"

	"altv-tray/settings"
	"altv-tray/tray/errtext"
)

// Version is the program's version. The release build sets it.
var Version = "1.0.0"

// Home is the URL of the project's page, or empty. The release build sets it.
var Home string

// PrintVersion prints the program's version.
type PrintVersion struct{}

func (PrintVersion) Run(_ context.Context, e *Env) Code {
	e.print("altv-tray %s", Version)
	return OK
}

// Code is a command's exit code.
type Code int

// The exit codes.
const (
	OK         Code = 0
	Wrong      Code = 1 // any error without a code of its own
	Usage      Code = 2 // a wrong command line
	NotRunning Code = 3 // the client, or the tray app, is not running
	TimedOut   Code = 4
	Failed     Code = 5
	NoPassword Code = 6 // the keyring failed, or holds no password
	NotAltV    Code = 7 // another program answers on the client's port
)

// Env is the environment that a command runs in.
type Env struct {
	Stdin  *os.File
	Stdout io.Writer
	Stderr io.Writer

	Paths        settings.Paths // of this user
	SettingsFile string         // the flag --settings, or empty
	Profile      string         // the flag --profile, or empty

	Keyring settings.Keyring

	CommandLine *kong.Node // all commands and flags
}

// Say prints a line to standard error.
func (e *Env) Say(text string) { _, _ = fmt.Fprintln(e.Stderr, text) }

// report prints an error and returns code. For nil it prints nothing and returns OK.
func (e *Env) report(code Code, err error) Code {
	if err == nil {
		return OK
	}
	e.Say("altv-tray: " + errtext.English(err))
	return code
}

// print prints a line to standard output.
func (e *Env) print(format string, a ...any) { _, _ = fmt.Fprintf(e.Stdout, format+"\n", a...) }

// json prints v, indented, to standard output.
func (e *Env) json(v any) {
	enc := json.NewEncoder(e.Stdout)
	enc.SetIndent("", "  ")
	_ = enc.Encode(v) // it fails only if the reader has gone
}

// positive returns an error unless n is above 0. The Validate methods, which kong calls, use it.
func positive[T int | time.Duration | float64](what string, n T) error {
	if !(n > 0) { // also true for NaN
		return fmt.Errorf("%s must be above 0, is %v", what, n)
	}
	return nil
}
