// Command altv-tray shows the state of the alt:V client and gets it back onto the server.
package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/signal"
	"slices"
	"syscall"

	"github.com/alecthomas/kong"

	"altv-tray/settings"
	"altv-tray/tray/cli"
)

// commandLine defines the command line for kong.
type commandLine struct {
	Settings string `help:"Settings file to use instead of the user's own." placeholder:"FILE" type:"path"`
	Profile  string `help:"Profile to use instead of the one that the settings name." placeholder:"NAME"`

	ShowVersion kong.VersionFlag `name:"version" help:"Print the version."`

	Run       cli.Run          `cmd:"" default:"1" help:"Run the tray app. This is the default command."`
	Status    cli.Status       `cmd:"" help:"Print the client's state: a status word, UNKNOWN, NOT_RUNNING, NO_ANSWER or NOT_ALTV."`
	Reconnect cli.Reconnect    `cmd:"" help:"Send the client back onto the server, once the client is ready for that."`
	Ready     cli.Ready        `cmd:"" help:"Tell the tray app that the server's own start-up is over (ready = \"signal\")."`
	Pause     cli.Pause        `cmd:"" help:"Stop automatic reconnects, for a while or until resumed."`
	Resume    cli.Resume       `cmd:"" help:"End a pause."`
	Password  cli.Password     `cmd:"" help:"Store, remove or check the server password in the system's keyring."`
	Start     cli.Start        `cmd:"" help:"Start alt:V in debug mode, on its way to the profile's server."`
	Doctor    cli.Doctor       `cmd:"" help:"Check everything that a reconnect depends on, and say what is wrong and what to do."`
	Open      cli.Open         `cmd:"" help:"Open the dashboard of the running tray app in the browser."`
	History   cli.History      `cmd:"" help:"Print the last sessions, restarts and reconnects with their durations."`
	Simulate  cli.Simulate     `cmd:"" help:"Run a simulated client and game server on real ports."`
	Demo      cli.Demo         `cmd:"" help:"Run the tray app against a simulated client and server. It touches nothing of yours."`
	Quit      cli.Quit         `cmd:"" help:"End the tray app and wait until it has ended."`
	Clean     cli.Clean        `cmd:"" help:"Before you remove the program: end it, and remove what it has left on this computer."`
	Version   cli.PrintVersion `cmd:"" help:"Print the version."`
	Path      cli.Path         `cmd:"" hidden:"" help:"Put the program's folder into the user's PATH (Windows)."`
	Man       cli.Man          `cmd:"" hidden:"" help:"Print the man page."`
	Complete  cli.Complete     `cmd:"" hidden:"" help:"Print what can stand in place of the last word."`
}

func main() { os.Exit(int(run(os.Args[1:]))) }

// endSignals returns the signals that end a command. Those that are ignored stay ignored: nohup
// does that, and a shell that starts the program in the background of a script.
func endSignals() []os.Signal {
	return append(slices.DeleteFunc([]os.Signal{os.Interrupt, syscall.SIGHUP}, signal.Ignored), syscall.SIGTERM)
}

type runner interface {
	Run(context.Context, *cli.Env) cli.Code
}

func newParser(line *commandLine) *kong.Kong {
	parser := kong.Must(line, kong.Name("altv-tray"),
		kong.Description("Gets your alt:V client back onto your server: with one click, or by itself when the server has restarted."),
		kong.Vars{"version": "altv-tray " + cli.Version},
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}))
	cli.Explain(parser.Model)
	return parser
}

func run(args []string) cli.Code {
	if code, ok := cli.ButtonCode(args); ok {
		return cli.PressButton(context.Background(), code)
	}
	if len(args) > 0 && args[0] == "help" {
		args = append(args[1:], "--help")
	}
	var line commandLine
	parser := newParser(&line)
	parsed, err := parser.Parse(args)
	if err != nil {
		switch {
		case slices.Contains(args, "password"): // kong's error may contain a password that was typed as an argument
			err = errors.New("wrong command line: use password set, clear or status; set reads the password from the terminal or from standard input, never from an argument")
		case slices.Contains(args, "pause"): // kong takes -5m for flags
			err = errors.New("wrong command line: pause takes a duration above 0, such as 15m or 1h30m; without one, it lasts until resumed")
		}
		_, _ = fmt.Fprintf(os.Stderr, "altv-tray: %v (altv-tray --help lists the commands)\n", err)
		return cli.Usage
	}
	if _, err := os.Stat(line.Settings); line.Settings != "" && errors.Is(err, fs.ErrNotExist) {
		// Without this, a typing error would have the effect of default settings.
		_, _ = fmt.Fprintf(os.Stderr, "altv-tray: --settings: there is no file %s: name one that exists, or leave --settings out to use your own\n", line.Settings)
		return cli.Usage
	}
	settings.SetSessionBusAddress()
	ctx, stop := signal.NotifyContext(context.Background(), endSignals()...)
	defer stop()
	paths, err := settings.DefaultPaths()
	if err != nil {
		_, _ = fmt.Fprintf(os.Stderr, "altv-tray: %v\n", err)
		return cli.Wrong
	}
	return parsed.Selected().Target.Addr().Interface().(runner).Run(ctx, &cli.Env{
		Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr,
		Paths: paths, SettingsFile: line.Settings, Profile: line.Profile, Keyring: settings.OSKeyring(),
		CommandLine: parser.Model.Node,
	})
}
