package action

import (
	"context"
	"log/slog"
	"sync"

	"altv-tray/monitor"
	"altv-tray/settings"
	"altv-tray/tray/errtext"
	"altv-tray/tray/lang"
	"altv-tray/tray/surroundings"
)

// Parts are what actions work on. All must be set.
type Parts struct {
	Version string
	Paths   settings.Paths
	LogFile string
	Store   *settings.Store
	Keyring settings.Keyring
	Monitor *monitor.Monitor
	Around  *surroundings.Watch
	Log     *slog.Logger
	Text    func() *lang.Printer
	Tell    func(Answer)
	Warn    func(what string, err error) // for the terminal and the log
	Quit    func()
}

// Answer tells the user what came of an action.
type Answer struct {
	Title, Body string
	Failed      bool
}

// Doer does what is asked for. Make it with New and have Run running.
type Doer struct {
	Parts
	Dialogs Dialogs
	Open    func(path string) error // shows a file or folder

	ctx    context.Context // ends with Run
	end    context.CancelFunc
	writes chan func() // to the settings, in the order in which they were asked for

	mu    sync.Mutex // guards ended, and tasks against a start after the end
	ended bool
	tasks sync.WaitGroup

	asking   sync.Mutex // one question at a time
	checking sync.Mutex // one look at the checks at a time
	storing  sync.Mutex // one change of the keyring after the other
}

// New makes a Doer with the system's dialogs.
func New(p Parts) *Doer {
	d := &Doer{Parts: p, Open: openPath, writes: make(chan func(), 16)}
	d.Dialogs = zenityDialogs{p.Text}
	d.ctx, d.end = context.WithCancel(context.Background())
	return d
}

// Run does what takes long until ctx ends, and then waits for what is under way.
func (d *Doer) Run(ctx context.Context) {
	for {
		select {
		case write := <-d.writes:
			write()
		case <-ctx.Done():
			d.end()
			d.mu.Lock()
			d.ended = true
			d.mu.Unlock()
			d.tasks.Wait()
			return
		}
	}
}

// Result is what Do knows at once: of a Reconnect, its number and whether it
// joined one that was under way; of all else, nothing.
type Result struct {
	Job    uint64
	Joined bool
}

// Do does a, or begins it. It does not block for longer than the monitor needs
// for a step. By is where it came from, for the log: menu, command.
func (d *Doer) Do(a Action, by string) (r Result) {
	d.Log.Info("action", "name", a.name(), "by", by)
	switch a := a.(type) {
	case Reconnect:
		r.Job, r.Joined = d.Monitor.Reconnect()
	case Cancel:
		d.Monitor.Cancel(a.Job)
	case Pause:
		d.Monitor.Pause(a.For)
	case Resume:
		d.Monitor.Resume()
	case Ready:
		d.Monitor.Ready()
	case PasswordChanged:
		d.Monitor.PasswordChanged()
	case Automatic:
		d.set("auto_reconnect.enabled", a.On)
	case Notify:
		d.set("notifications."+a.Key, a.On)
	case UseProfile:
		d.set("profile", a.Name)
	case SetPassword:
		d.dialog(&d.asking, d.setPassword)
	case TakePassword:
		d.beside(d.takePassword)
	case ClearPassword:
		d.beside(d.clearPassword)
	case StartClient:
		d.beside(d.startClient)
	case SwitchDebugOn:
		d.dialog(&d.asking, d.switchDebugOn)
	case Autostart:
		d.beside(func() { d.setAutostart(a.On) })
	case OpenSettings:
		d.beside(d.openSettings)
	case OpenLogs:
		d.beside(func() { d.opened(d.Paths.StateDir) })
	case RunChecks:
		d.dialog(&d.checking, d.runChecks)
	case About:
		d.tell("menu.about", "notice.about_body", "version", d.Version)
	case Quit:
		d.Quit()
	}
	return r
}

// beside does what may take long. After the end it does nothing.
func (d *Doer) beside(do func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.ended {
		d.tasks.Go(do)
	}
}

// dialog runs one unless one of its kind is open. It calls answered when it has
// closed: what the answer leads to may take long, and a click must not be lost
// meanwhile.
func (d *Doer) dialog(open *sync.Mutex, run func(answered func())) {
	if !open.TryLock() {
		return
	}
	answered := sync.OnceFunc(open.Unlock)
	d.beside(func() {
		defer answered()
		run(answered)
	})
}

// set changes a key of the settings file, after those that were asked for
// before.
func (d *Doer) set(key string, value any) {
	write := func() {
		if err := d.Store.Set(key, value); err != nil {
			d.trouble("notice.settings_not_changed", err)
		}
	}
	select {
	case d.writes <- write:
	case <-d.ctx.Done():
	}
}

// tell shows a notification made of two texts by their keys.
func (d *Doer) tell(title, body string, args ...string) {
	t := d.Text()
	d.Tell(Answer{Title: t.T(title, args...), Body: t.T(body, args...)})
}

// trouble tells the user that something they asked for did not work. Title is
// the text's key.
func (d *Doer) trouble(title string, err error) {
	if d.ctx.Err() != nil {
		return
	}
	d.Warn(title, err)
	d.Tell(Answer{Title: d.Text().T(title), Body: errtext.Tell(d.Text(), err), Failed: true})
}

// unlessEnded does what the system may hold up for as long as it likes; the end
// of the app does not wait for it.
func (d *Doer) unlessEnded(do func() error) error {
	done := make(chan error, 1)
	go func() { done <- do() }()
	select {
	case err := <-done:
		return err
	case <-d.ctx.Done():
		return nil
	}
}
