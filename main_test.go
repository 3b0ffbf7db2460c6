package main

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"altv-tray/monitor/simulator"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"altv-tray": main})
}

// TestScripts runs the program as a user does, in a home of its own and with
// nothing of a desktop.
func TestScripts(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the scripts send signals and set XDG folders")
	}
	// Ignored here, as under nohup, they would be so in what the scripts start.
	for _, s := range []os.Signal{syscall.SIGHUP, syscall.SIGINT} {
		if signal.Ignored(s) {
			signal.Notify(make(chan os.Signal, 1), s)
		}
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "tray/cli/testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(e *testscript.Env) error {
			for name, folder := range map[string]string{
				"HOME": "home", "XDG_CONFIG_HOME": "config", "XDG_STATE_HOME": "state", "XDG_CACHE_HOME": "cache", "XDG_RUNTIME_DIR": "runtime",
			} {
				e.Setenv(name, filepath.Join(e.WorkDir, folder))
			}
			e.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+filepath.Join(e.WorkDir, "no-bus"))
			e.Setenv("LC_ALL", "C")
			repo, err := os.Getwd()
			e.Setenv("REPO", repo)
			e.Values["stage"] = &stage{}
			e.Setenv("STATE", filepath.Join(e.WorkDir, "state", "altv-tray"))
			e.Setenv("SETTINGS", filepath.Join(e.WorkDir, "config", "altv-tray", "settings.toml"))
			e.Setenv("GORACE", "atexit_sleep_ms=0")
			// A proxy that nothing may go through.
			e.Setenv("HTTP_PROXY", "http://127.0.0.1:1")
			e.Setenv("http_proxy", "http://127.0.0.1:1")
			return err
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"exits": exits, "eventually": eventually, "world": world, "sim": sim, "posts": posts,
			"fake": fake, "settings": edit, "signal": send, "mode": mode,
		},
	})
}

// TestEachCommandExplainsItself: its help has an example, which is a command line
// that is accepted, and its exit codes.
func TestEachCommandExplainsItself(t *testing.T) {
	parser := newParser(&commandLine{})
	for _, command := range parser.Model.Leaves(true) {
		_, rest, _ := strings.Cut(command.Detail, "Example:\n\n    altv-tray ")
		example, rest, _ := strings.Cut(rest, "\n\nExit codes:\n\n    0  ")
		parsed, err := parser.Parse(strings.Fields(example))
		if err != nil || parsed.Selected() != command || !strings.Contains(rest, "    2  ") {
			t.Errorf("%s: %v: %s", command.Path(), err, command.Detail)
		}
	}
}

// patience is how long a script waits for what must come.
const patience = 20 * time.Second

// exits CODE PROGRAM ARG... runs a program that must end with that code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE PROGRAM ARG...")
	}
	code := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		code = exit.ExitCode()
	}
	if strconv.Itoa(code) != args[0] {
		ts.Fatalf("it exits with %d, want %s", code, args[0])
	}
}

// eventually FILE,... REGEXP waits until one file's text matches; eventually gone
// FILE until there is none; eventually joins N until the simulated client got
// into the game that often; eventually ready until both simulated sides are.
func eventually(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 && args[0] != "ready" {
		ts.Fatalf("usage: eventually FILE REGEXP | gone FILE | joins N | ready")
	}
	fits := func() bool {
		for name := range strings.SplitSeq(args[0], ",") {
			text, err := os.ReadFile(ts.MkAbs(name))
			if err == nil && regexp.MustCompile(args[1]).Match(text) {
				return true
			}
		}
		return false
	}
	switch args[0] {
	case "gone":
		fits = func() bool {
			_, err := os.Stat(ts.MkAbs(args[1]))
			return errors.Is(err, os.ErrNotExist)
		}
	case "joins":
		fits = func() bool { return strconv.Itoa(worldOf(ts).Client.Joins()) == args[1] }
	case "ready":
		fits = func() bool { return worldOf(ts).Client.Status().Ready() && worldOf(ts).Server.Ready() }
	}
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for limit := time.After(patience); !fits(); {
		select {
		case <-tick.C:
		case <-limit:
			log, _ := os.ReadFile(filepath.Join(ts.Getenv("STATE"), "altv-tray.log"))
			ts.Logf("altv-tray.log:\n%s", log)
			ts.Fatalf("it never came: %v", args)
		}
	}
}

var hosts atomic.Int32

// stage is what the commands of one script share.
type stage struct{ world *simulator.World }

func worldOf(ts *testscript.TestScript) *simulator.World {
	w := ts.Value("stage").(*stage).world
	if w == nil {
		ts.Fatalf("there is no world: use the command world first")
	}
	return w
}

// world [PASSWORD] starts a simulated client and server: $CLIENT and $SERVER
// are their addresses. They lie on a loopback address of their own, so that
// nobody else is given their ports while one of them is down.
func world(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) > 1 {
		ts.Fatalf("usage: world [PASSWORD]")
	}
	w := simulator.New(simulator.Options{Speed: 1000, Password: strings.Join(args, "")})
	at := fmt.Sprintf("127.%d.%d.%d:0", 2+os.Getpid()%250, os.Getpid()/250%250, 1+hosts.Add(1)%250)
	ts.Check(w.Start(at, at))
	ts.Defer(func() { _ = w.Close() })
	ts.Setenv("CLIENT", w.Client.Addr())
	ts.Setenv("SERVER", w.Server.Addr())
	ts.Value("stage").(*stage).world = w
}

// sim WORD... steers the world, as the lines that simulate reads do.
func sim(ts *testscript.TestScript, neg bool, args []string) {
	if neg {
		ts.Fatalf("usage: sim WORD...")
	}
	ts.Check(worldOf(ts).Command(strings.Join(args, " ")))
}

// posts N checks how many reconnects the client was sent, all at a right moment.
func posts(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: posts N")
	}
	all := worldOf(ts).Client.Posts()
	if strconv.Itoa(len(all)) != args[0] {
		ts.Fatalf("%d reconnects were sent, want %s", len(all), args[0])
	}
	for _, p := range all {
		if !p.Status.Ready() {
			ts.Fatalf("one was sent in %v", p.Status)
		}
	}
}

// fake hang|html|closed makes $CLIENT the address of something else than a client.
func fake(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: fake hang|html|closed")
	}
	hang := make(chan struct{})
	page := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet {
			ts.Logf("the stranger was sent %s %s", r.Method, r.URL)
		}
		if args[0] == "hang" {
			<-hang
			return
		}
		_, _ = fmt.Fprint(w, "<html>hello</html>")
	}))
	end := func() {
		close(hang)
		page.Close()
	}
	ts.Setenv("CLIENT", page.Listener.Addr().String())
	if args[0] != "closed" {
		ts.Defer(end)
		return
	}
	end()
	// The port of an address that nobody else uses stays closed.
	l, err := net.Listen("tcp", fmt.Sprintf("127.%d.%d.%d:0", 2+os.Getpid()%250, os.Getpid()/250%250, 1+hosts.Add(1)%250))
	ts.Check(err)
	ts.Setenv("CLIENT", l.Addr().String())
	ts.Check(l.Close())
}

// settings FILE makes a file, with the variables in it filled in, the user's
// settings, in one step as editors do.
func edit(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: settings FILE")
	}
	text, file := os.Expand(ts.ReadFile(args[0]), ts.Getenv), ts.Getenv("SETTINGS")
	ts.Check(os.MkdirAll(filepath.Dir(file), 0o700))
	ts.Check(os.WriteFile(file+".new", []byte(text), 0o600))
	ts.Check(os.Rename(file+".new", file))
}

// signal NAME sends a signal to all that runs in the background.
func send(ts *testscript.TestScript, neg bool, args []string) {
	number := map[string]syscall.Signal{"TERM": syscall.SIGTERM, "INT": syscall.SIGINT, "HUP": syscall.SIGHUP, "KILL": syscall.SIGKILL}[strings.Join(args, " ")]
	if neg || number == 0 {
		ts.Fatalf("usage: signal TERM|INT|HUP|KILL")
	}
	for _, c := range ts.BackgroundCmds() {
		ts.Check(c.Process.Signal(number))
	}
}

// mode PERM FILE checks the rights of a file.
func mode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: mode PERM FILE")
	}
	info, err := os.Stat(ts.MkAbs(args[1]))
	ts.Check(err)
	if got := fmt.Sprintf("%o", info.Mode().Perm()); got != args[0] {
		ts.Fatalf("%s has %s", args[1], got)
	}
}
