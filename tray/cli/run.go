package cli

import (
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
	paths, store, err := e.open()
	if err != nil {
		return e.fail(Usage, err)
	}
	if err := paths.MakeStateDir(); err != nil {
		e.Say("altv-tray: " + errtext.English(err))
	}
	one, err := lockApp(paths.StateDir, store)
	if errors.Is(err, control.ErrHeld) {
		e.alreadyRunning(store.Current().Language)
		return OK
	}
	if err != nil {
		e.Say("altv-tray: " + errtext.English(err))
	}
	again := e.runTray(ctx, paths, store, one)
	one.release()
	if again && ctx.Err() == nil {
		return e.tryAgain()
	}
	return OK
}

func (e *Env) runTray(ctx context.Context, paths settings.Paths, store *settings.Store, one *appLock) (again bool) {
	// Whoever reads what is printed may be gone by now, as a terminal or a
	// starter is. Left alone, the next word to him would end the app.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)
	// One processor does for a request a second. With more, each poll wakes
	// threads on others of them that find nothing to do: measured by
	// monitor/benchmark, a third of the processor time and of the wake-ups.
	runtime.GOMAXPROCS(1)
	// What the start took is given back once. From its first collection on, Go
	// also collects every two minutes; until then it would let the idle program
	// grow by 4 MB, as was measured.
	settled := time.AfterFunc(20*time.Second, debug.FreeOSMemory)
	defer settled.Stop()
	first := missing(store.File()) && missing(filepath.Join(paths.StateDir, tray.LogName))
	log, closeLog, err := tray.OpenLog(paths.StateDir, e.Stderr)
	defer closeLog()
	if err != nil {
		e.Say("altv-tray: " + errtext.English(err))
	}
	app := tray.New(tray.Options{
		Version: Version, Paths: paths, System: surroundings.RealSystem(),
		Store: store, Keyring: e.keyring(), Log: log, Say: e.Say,
		FirstStart: first, LastTry: tries() >= maxTries,
	})
	defer one.follow(store, app.WarnOfOther)()
	return app.Run(ctx)
}

// tryVariable counts the processes that tried to put an icon into the tray.
const tryVariable = "ALTV_TRAY_TRY"

// maxTries of ten seconds each outlast the start of a slow desktop.
const maxTries = 6

func tries() int {
	n, _ := strconv.Atoi(os.Getenv(tryVariable)) // none is the first
	return max(1, n)
}

// tryAgain starts this program anew, with the same command line.
func (e *Env) tryAgain() Code {
	exe, err := os.Executable()
	if err != nil {
		return e.fail(Wrong, fmt.Errorf("starting altv-tray again: %w", err))
	}
	next := exec.Command(exe, os.Args[1:]...)
	next.Env = append(os.Environ(), tryVariable+"="+strconv.Itoa(tries()+1))
	next.Stdin, next.Stdout, next.Stderr = os.Stdin, os.Stdout, os.Stderr
	if err := next.Start(); err != nil {
		return e.fail(Wrong, fmt.Errorf("starting altv-tray again: %w", err))
	}
	return OK
}

func missing(file string) bool {
	_, err := os.Stat(file)
	return errors.Is(err, fs.ErrNotExist)
}

func (e *Env) alreadyRunning(language settings.Language) {
	const text = "altv-tray is running already: look for its icon in the system tray"
	e.Say(text)
	if !hasConsole() {
		notify.AlreadyRunning(language)
	}
}
