// Command altv-tray sits in the system tray, shows what the alt:V client is
// doing, and gets it back onto the server.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"altv-tray/settings"
	"altv-tray/tray/cli"
)

// commandLine is the whole command line; kong reads it from the tags.
type commandLine struct {
	Settings string `help:"Settings file to use in place of the user's own." placeholder:"FILE" type:"path"`
	Profile  string `help:"Profile to use in place of the one that the settings name." placeholder:"NAME"`

	Run       runCmd       `cmd:"" default:"1" help:"The tray app. This is what happens without a command, too."`
	Status    statusCmd    `cmd:"" help:"Print the client's state: a status word, UNKNOWN, NOT_RUNNING, NO_ANSWER or NOT_ALTV."`
	Reconnect reconnectCmd `cmd:"" help:"Send the client back onto the server, once it is ready for that."`
	Ready     readyCmd     `cmd:"" help:"Tell the tray app that the server's own start-up is over (ready = \"signal\")."`
	Pause     pauseCmd     `cmd:"" help:"Stop automatic reconnects, for a while or until resumed."`
	Resume    resumeCmd    `cmd:"" help:"End a pause."`
	Password  passwordCmd  `cmd:"" help:"The server password in the system's keyring."`
	Start     startCmd     `cmd:"" help:"Start alt:V in debug mode, on its way to the profile's server."`
	Doctor    doctorCmd    `cmd:"" help:"Check all that a reconnect depends on, and tell what is wrong and what to do."`
	Open      openCmd      `cmd:"" help:"Open the dashboard of the running tray app in the browser."`
	History   historyCmd   `cmd:"" help:"The last sessions, restarts and reconnects with their durations."`
	Simulate  simulateCmd  `cmd:"" help:"A simulated client and game server on real ports."`
	Demo      demoCmd      `cmd:"" help:"The tray app against a simulated client and server. It touches nothing of yours."`
	Quit      quitCmd      `cmd:"" help:"End the tray app and wait until it has."`
	Clean     cleanCmd     `cmd:"" help:"Before removing the program: end it, and take away what it has left on this computer."`
	Version   versionCmd   `cmd:"" help:"Print the version."`
	Man       manCmd       `cmd:"" hidden:"" help:"Print the man page."`
	Complete  completeCmd  `cmd:"" hidden:"" help:"Print what can stand in place of the last word."`
}

type (
	runCmd    struct{}
	statusCmd struct {
		JSON  bool `help:"Print all that is known, as JSON."`
		Watch bool `help:"Print a line for each change until interrupted."`
	}
	reconnectCmd struct {
		Wait    bool          `help:"Wait until the player is in game."`
		Timeout time.Duration `help:"Give up after this time." default:"60s"`
	}
	readyCmd struct{}
	pauseCmd struct {
		Duration *time.Duration `arg:"" optional:"" help:"For how long, as 15m or 1h. Left out: until resumed."`
	}
	resumeCmd   struct{}
	openCmd     struct{}
	passwordCmd struct {
		Set    passwordSetCmd    `cmd:"" help:"Store it. It is read from the terminal without echo, or from standard input."`
		Clear  passwordClearCmd  `cmd:"" help:"Remove it."`
		Status passwordStatusCmd `cmd:"" help:"Tell whether one is stored."`
	}
	passwordSetCmd    struct{}
	passwordClearCmd  struct{}
	passwordStatusCmd struct{}
	startCmd          struct{}
	doctorCmd         struct {
		JSON bool `help:"Print the checks as JSON."`
	}
	historyCmd struct {
		JSON bool `help:"Print them as JSON."`
		Last int  `help:"How many." short:"n" default:"20" placeholder:"N"`
	}
	simulateCmd struct {
		Client string  `help:"Address of the client's debug port." default:"127.0.0.1:9223" placeholder:"ADDR"`
		Server string  `help:"Address of the game server." default:"127.0.0.1:7788" placeholder:"ADDR"`
		Folder string  `help:"The server's folder: server.toml is read and server.log written there." placeholder:"DIR" type:"path"`
		Speed  float64 `help:"How many times faster than real everything goes." default:"1" placeholder:"N"`
	}
	demoCmd  struct{}
	quitCmd  struct{}
	cleanCmd struct {
		WithSettings  bool `help:"The settings and the history, too."`
		WithPasswords bool `help:"The passwords of all profiles, too."`
	}
	manCmd      struct{}
	completeCmd struct {
		Words []string `arg:"" optional:"" passthrough:""`
	}
	versionCmd struct{}
)

func (runCmd) Run(ctx context.Context, e *cli.Env) cli.Code { return e.Run(ctx) }
func (c statusCmd) Run(ctx context.Context, e *cli.Env) cli.Code {
	return e.Status(ctx, c.JSON, c.Watch)
}
func (c reconnectCmd) Run(ctx context.Context, e *cli.Env) cli.Code {
	return e.Reconnect(ctx, c.Wait, c.Timeout)
}
func (readyCmd) Run(ctx context.Context, e *cli.Env) cli.Code { return e.Ready(ctx) }
func (c pauseCmd) Run(ctx context.Context, e *cli.Env) cli.Code {
	if c.Duration == nil {
		return e.Pause(ctx, 0)
	}
	return e.Pause(ctx, *c.Duration)
}
func (resumeCmd) Run(ctx context.Context, e *cli.Env) cli.Code         { return e.Resume(ctx) }
func (openCmd) Run(ctx context.Context, e *cli.Env) cli.Code           { return e.Open(ctx) }
func (passwordSetCmd) Run(ctx context.Context, e *cli.Env) cli.Code    { return e.PasswordSet(ctx) }
func (passwordClearCmd) Run(ctx context.Context, e *cli.Env) cli.Code  { return e.PasswordClear(ctx) }
func (passwordStatusCmd) Run(ctx context.Context, e *cli.Env) cli.Code { return e.PasswordStatus(ctx) }
func (startCmd) Run(ctx context.Context, e *cli.Env) cli.Code          { return e.Start(ctx) }
func (c historyCmd) Run(_ context.Context, e *cli.Env) cli.Code        { return e.History(c.Last, c.JSON) }
func (c simulateCmd) Run(ctx context.Context, e *cli.Env) cli.Code {
	return e.Simulate(ctx, c.Client, c.Server, c.Folder, c.Speed)
}
func (c doctorCmd) Run(ctx context.Context, e *cli.Env) cli.Code { return e.Doctor(ctx, c.JSON) }
func (demoCmd) Run(ctx context.Context, e *cli.Env) cli.Code     { return e.Demo(ctx) }
func (quitCmd) Run(ctx context.Context, e *cli.Env) cli.Code     { return e.Quit(ctx) }
func (c cleanCmd) Run(ctx context.Context, e *cli.Env) cli.Code {
	return e.Clean(ctx, c.WithSettings, c.WithPasswords)
}
func (manCmd) Run(_ context.Context, e *cli.Env) cli.Code        { return e.ManPage() }
func (c completeCmd) Run(_ context.Context, e *cli.Env) cli.Code { return e.Complete(c.Words) }
func (versionCmd) Run(ctx context.Context, e *cli.Env) cli.Code  { return e.PrintVersion() }

// Validate keeps durations from being negative or nothing.
func (c reconnectCmd) Validate() error { return positive("--timeout", c.Timeout) }

// Validate: no duration at all means until resumed.
func (c pauseCmd) Validate() error {
	if c.Duration == nil {
		return nil
	}
	return positive("the duration", *c.Duration)
}

// Validate: none at all is no history.
func (c historyCmd) Validate() error { return positive("--last", c.Last) }

func positive[T int | time.Duration](what string, n T) error {
	if n <= 0 {
		return fmt.Errorf("%s must be above 0, is %v", what, n)
	}
	return nil
}

func main() { os.Exit(int(run(os.Args[1:]))) }

// ends are the signals that end a command in good order. One that was ignored
// from the start stays so: nohup does that, and a shell that puts the program
// into the background of a script.
func ends() []os.Signal {
	return append(slices.DeleteFunc([]os.Signal{os.Interrupt, syscall.SIGHUP}, signal.Ignored), syscall.SIGTERM)
}

type runner interface {
	Run(context.Context, *cli.Env) cli.Code
}

func run(args []string) cli.Code {
	var line commandLine
	parser := kong.Must(&line, kong.Name("altv-tray"),
		kong.Description("Gets your alt:V client back onto your server: with one click, or by itself when the server has restarted."),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}))
	parsed, err := parser.Parse(args)
	if err != nil {
		if slices.Contains(args, "password") {
			// The error may repeat a password that was typed as an argument.
			err = errors.New("wrong command line: use password set, clear or status; set reads the password from the terminal or from standard input, never from an argument")
		}
		_, _ = fmt.Fprintf(os.Stderr, "altv-tray: %v (altv-tray --help lists the commands)\n", err)
		return cli.Usage
	}
	settings.NameSessionBus()
	ctx, stop := signal.NotifyContext(context.Background(), ends()...)
	defer stop()
	command, ok := parsed.Selected().Target.Addr().Interface().(runner)
	if !ok {
		return cli.Usage
	}
	return command.Run(ctx, &cli.Env{
		Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr,
		SettingsFile: line.Settings, Profile: line.Profile,
		CommandLine: parser.Model.Node,
	})
}
