package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strconv"
	"syscall"
	"time"

	"altv-tray/monitor/control"
	"altv-tray/settings"
	"altv-tray/tray"
	"altv-tray/tray/errtext"
	"altv-tray/tray/notify"
	"altv-tray/tray/surroundings"
)

// Run is the tray app.
type Run struct{}

func (Run) Run(ctx context.Context, e *Env) Code {
	paths := e.Paths
	paths.Settings = cmp.Or(e.SettingsFile, paths.Settings)
	store, err := settings.Open(paths.Settings, e.Profile)
	if err != nil {
		return e.report(Usage, err)
	}
	release, err := lockApp(paths.StateDir, store)
	if errors.Is(err, control.ErrLocked) {
		release()
		e.Say("altv-tray is running already: look for its icon in the system tray")
		if _, err := os.Stderr.Stat(); err != nil { // a desktop program of Windows has no standard error
			notify.AlreadyRunning(store.Current().Language)
		}
		return OK
	}
	if err != nil {
		e.Say("altv-tray: " + errtext.English(err))
	}
	retry := e.runTray(ctx, paths, store)
	release()
	if retry && ctx.Err() == nil {
		return e.tryAgain()
	}
	return OK
}

// lockApp makes this process the one tray app of its state folder and of its client. While the
// settings file is broken, the client is not known and not locked. The error is
// control.ErrLocked if another app has one of the locks. With any error, release still frees
// the lock that was taken.
func lockApp(stateDir string, store *settings.Store) (release func(), err error) {
	folder, err := control.Lock(control.TrayFolder, stateDir)
	client := func() {}
	if !errors.Is(err, control.ErrLocked) && store.Problem() == nil {
		var other error
		client, other = control.Lock(control.TrayClient, surroundings.ClientAddress(store.Current()))
		err = errors.Join(err, other)
	}
	return func() { client(); folder() }, err
}

// runTray runs the tray app. It returns true if the desktop took no icon and another process
// must try.
func (e *Env) runTray(ctx context.Context, paths settings.Paths, store *settings.Store) (retry bool) {
	// Without this, output to a pipe whose reader has ended would end the app.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)
	// With more processors each poll wakes threads that have nothing to do, which costs a third
	// of the processor time (measured by monitor/benchmark).
	runtime.GOMAXPROCS(1)
	// Free the memory that only the start needed. The idle program would otherwise grow by 4 MB
	// until Go's first collection.
	defer time.AfterFunc(20*time.Second, debug.FreeOSMemory).Stop()
	first := missing(store.File()) && missing(filepath.Join(paths.StateDir, tray.LogName))
	log, closeLog, err := tray.OpenLog(paths.StateDir, e.Stderr)
	defer closeLog()
	if err != nil {
		e.Say("altv-tray: " + errtext.English(err))
	}
	app := tray.New(tray.Options{
		Version: Version, Home: Home, Paths: paths, System: surroundings.RealSystem(),
		Store: store, Keyring: e.Keyring, Log: log, Say: e.Say,
		FirstStart: first, LastTry: tries() >= maxTries,
	})
	return app.Run(ctx)
}

// tryVariable is an environment variable with the number of processes that have tried to put
// an icon into the tray, this one included.
const tryVariable = "ALTV_TRAY_TRY"

// maxTries is enough for a slow desktop to start, as each try takes ten seconds.
const maxTries = 6

func tries() int {
	n, _ := strconv.Atoi(os.Getenv(tryVariable)) // unset in the first process
	return max(1, n)
}

// tryAgain starts this program again with the same command line.
func (e *Env) tryAgain() Code {
	exe, err := os.Executable()
	if err == nil {
		next := exec.Command(exe, os.Args[1:]...)
		next.Env = append(os.Environ(), tryVariable+"="+strconv.Itoa(tries()+1))
		next.Stdin, next.Stdout, next.Stderr = os.Stdin, os.Stdout, os.Stderr
		err = next.Start()
	}
	if err != nil {
		return e.report(Wrong, fmt.Errorf("starting altv-tray again: %w", err))
	}
	return OK
}

func missing(file string) bool {
	_, err := os.Stat(file)
	return errors.Is(err, fs.ErrNotExist)
}
