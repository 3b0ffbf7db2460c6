package action

import (
	"context"
	"errors"
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
	Home    string // the project's page; empty: none is known
	Paths   settings.Paths
	Store   *settings.Store
	Keyring settings.Keyring
	Monitor *monitor.Monitor
	Around  *surroundings.Watch
	Log     *slog.Logger
	Text    func() *lang.Printer
	Tell    func(Answer)
	Warn    func(what string, err error) // for the terminal and the log
	// Dashboard returns the dashboard's address with a code for one page.
	Dashboard func(section string) (url string, err error)
	// Checks looks at all that a reconnect depends on, and says what is not well.
	Checks func(ctx context.Context) string
}

// Answer is what the user reads of an action's outcome.
type Answer struct {
	Title, Body string
	Failed      bool
}

// Doer does what is asked for. Make it with New and have Run running.
type Doer struct {
	Parts
	Dialogs Dialogs
	Open    func(path string) error // shows a file or folder
	Browse  func(url string) error  // shows a page
	Quit    func()                  // ends the app; set it before Run

	ctx    context.Context // ends with Run
	end    context.CancelFunc
	writes chan func() // to the settings, in the order in which they were asked for

	mu    sync.Mutex // guards tasks against a start after the end
	tasks sync.WaitGroup

	asking  sync.Mutex // one dialog at a time
	storing sync.Mutex // one change of the keyring after the other
}

// New makes a Doer with the system's dialogs.
func New(p Parts) *Doer {
	d := &Doer{Parts: p, Open: openPath, Browse: Browse, writes: make(chan func(), 16)}
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
			d.mu.Lock()
			d.end()
			d.mu.Unlock()
			d.tasks.Wait()
			return
		}
	}
}

// Result is what Do knows at once.
type Result struct {
	Job    uint64 // of a Reconnect, its number
	Joined bool   // of a Reconnect, whether it joined one that was under way
	// Done gets what came of an action that goes on, or the zero Answer; nil if none does.
	Done <-chan Answer
}

// ByDashboard is where an action came from that is answered on the page.
const ByDashboard = "dashboard"

// Do does a, or begins it, without blocking for long. By is where it came from, for the log:
// menu, command, notification, ByDashboard.
func (d *Doer) Do(a Action, by string) (r Result) {
	d.Log.Info("action", "name", Name(a), "by", by)
	tell := d.teller(by)
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
		r.Done = d.set(tell, "auto_reconnect.enabled", a.On)
	case Notify:
		r.Done = d.set(tell, "notifications."+a.Key, a.On)
	case UseProfile:
		r.Done = d.set(tell, "profile", a.Name)
	case UseServerFolder:
		r.Done = d.beside(tell, d.useServerFolder)
	case SetPassword:
		r.Done = d.dialog(tell, d.setPassword)
	case StorePassword:
		r.Done = d.beside(tell, func() Answer { return d.storePassword(a) })
	case TakePassword:
		r.Done = d.beside(tell, d.takePassword)
	case ClearPassword:
		r.Done = d.beside(tell, d.clearPassword)
	case StartClient:
		r.Done = d.beside(tell, d.startClient)
	case SwitchDebugOn:
		if a.Agreed {
			r.Done = d.beside(tell, d.switchDebugOnNow)
		} else {
			r.Done = d.dialog(tell, d.switchDebugOn)
		}
	case SwitchServerDebugOn:
		r.Done = d.beside(tell, d.switchServerDebugOn)
	case Autostart:
		r.Done = d.beside(tell, func() Answer { return d.setAutostart(a.On) })
	case OpenDashboard:
		r.Done = d.beside(tell, func() Answer { return d.openDashboard(a.Section) })
	case OpenSettings:
		r.Done = d.beside(tell, d.openSettings)
	case OpenLogs:
		r.Done = d.beside(tell, func() Answer { return d.opened(d.Paths.StateDir) })
	case RunChecks:
		r.Done = d.beside(tell, d.runChecks)
	case About:
		r.Done = d.dialog(tell, d.about)
	case Quit:
		d.Quit()
	}
	return r
}

// teller is what tells of an action that came from there.
func (d *Doer) teller(by string) func(Answer) {
	if by == ByDashboard {
		return func(Answer) {}
	}
	return d.Tell
}

// beside does what may take long, and tells what came of it. After the end it
// does nothing.
func (d *Doer) beside(tell func(Answer), do func() Answer) <-chan Answer {
	done := make(chan Answer, 1)
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.ctx.Err() != nil {
		close(done)
		return done
	}
	d.tasks.Go(func() {
		defer close(done)
		finish(tell, done, do())
	})
	return done
}

func finish(tell func(Answer), done chan<- Answer, a Answer) {
	if a != (Answer{}) {
		tell(a)
	}
	done <- a
}

// dialog runs one unless one is open. Answered is to be called when it has closed, as
// what follows may take long.
func (d *Doer) dialog(tell func(Answer), run func(answered func()) Answer) <-chan Answer {
	if !d.asking.TryLock() {
		return nil
	}
	answered := sync.OnceFunc(d.asking.Unlock)
	return d.beside(tell, func() Answer {
		defer answered()
		return run(answered)
	})
}

// set changes a key of the settings file, in order.
func (d *Doer) set(tell func(Answer), key string, value any) <-chan Answer {
	done := make(chan Answer, 1)
	write := func() {
		var a Answer
		if err := d.Store.Set(key, value); err != nil {
			a = d.trouble("notice.settings_not_changed", err)
		}
		finish(tell, done, a)
	}
	select {
	case d.writes <- write:
	case <-d.ctx.Done():
		close(done)
	}
	return done
}

// said is an answer made of two texts by their keys.
func (d *Doer) said(title, body string, args ...string) Answer {
	t := d.Text()
	return Answer{Title: t.T(title, args...), Body: t.T(body, args...)}
}

// trouble is the answer that something failed, with a title's key; empty where the user
// closed a dialog, and once the app ends.
func (d *Doer) trouble(title string, err error) Answer {
	if d.ctx.Err() != nil || errors.Is(err, ErrDismissed) {
		return Answer{}
	}
	d.Warn(title, err)
	return Answer{Title: d.Text().T(title), Body: errtext.Tell(d.Text(), err), Failed: true}
}

// unlessEnded does something of unknown length, which the end of the app does not wait for.
func (d *Doer) unlessEnded(do func() error) error {
	done := make(chan error, 1)
	go func() { done <- do() }()
	select {
	case err := <-done:
		return err
	case <-d.ctx.Done():
		return d.ctx.Err()
	}
}
