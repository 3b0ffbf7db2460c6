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
	Version      string
	Home         string // the project's page; empty: none is known
	Paths        settings.Paths
	Store        *settings.Store
	Keyring      settings.Keyring
	Monitor      *monitor.Monitor
	Surroundings *surroundings.Watcher
	Log          *slog.Logger
	Text         func() *lang.Printer
	Show         func(Message)
	Warn         func(what string, err error) // for the terminal and the log
	// Dashboard returns the dashboard's address with a code for one page.
	Dashboard func(section string) (url string, err error)
	// Checks looks at all that a reconnect depends on, and says what is not well.
	Checks func(ctx context.Context) string
}

// Message is what the user reads of an action's outcome.
type Message struct {
	Title, Body string
	Failed      bool
}

// Doer does what is asked for. Make it with New and have Run running.
type Doer struct {
	Parts
	Ask    func(ctx context.Context, q Question) (answer string, err error) // shows a dialog
	Open   func(path string) error                                          // shows a file or folder
	Browse func(url string) error                                           // shows a page
	Quit   func()                                                           // ends the app; set it before Run

	ctx   context.Context // ends with Run
	end   context.CancelFunc
	tasks sync.WaitGroup

	mu      sync.Mutex    // guards tasks against a start after the end, and written
	written chan struct{} // closed when the last change of the settings that was asked for is over

	asking  sync.Mutex // one dialog at a time
	storing sync.Mutex // one change of the keyring after the other
}

// New makes a Doer with the system's dialogs.
func New(p Parts) *Doer {
	d := &Doer{Parts: p, Ask: ask, Open: openPath, Browse: Browse, written: make(chan struct{})}
	close(d.written)
	d.ctx, d.end = context.WithCancel(context.Background())
	return d
}

// Run waits until ctx ends, and then for what is under way. Nothing that takes long begins after
// that.
func (d *Doer) Run(ctx context.Context) {
	<-ctx.Done()
	d.mu.Lock()
	d.end()
	d.mu.Unlock()
	d.tasks.Wait()
}

// Result is what Do knows at once.
type Result struct {
	Job    uint64 // of a Reconnect, its number
	Joined bool   // of a Reconnect, whether it joined one that was under way
	// Done gets what came of an action that goes on, or the zero Message; nil if none does.
	Done <-chan Message
}

// ByDashboard is where an action came from that is answered on the page.
const ByDashboard = "dashboard"

// Do does a, or begins it, without blocking for long. By is where it came from, for the log:
// menu, command, notification, ByDashboard.
func (d *Doer) Do(a Action, by string) (r Result) {
	d.Log.Info("action", "name", Name(a), "by", by)
	switch a := a.(type) {
	case Reconnect:
		r.Job, r.Joined = d.Monitor.Reconnect()
	case Cancel:
		d.Monitor.Apply(monitor.Cancel(a.Job))
	case Pause:
		d.Monitor.Apply(monitor.Pause(a.For))
	case Resume:
		d.Monitor.Apply(monitor.Resume())
	case Ready:
		d.Monitor.Ready()
	case PasswordChanged:
		d.Monitor.Apply(monitor.PasswordChanged())
	case Quit:
		d.Quit()
	default:
		r.Done = d.beside(d.long(a), by)
	}
	return r
}

// long returns what does an action that goes on; nil where there is nothing to do.
func (d *Doer) long(a Action) func() Message {
	switch a := a.(type) {
	case Automatic:
		return d.set("auto_reconnect.enabled", a.On)
	case Notify:
		return d.set("notifications."+a.Key, a.On)
	case UseProfile:
		return d.set("profile", a.Name)
	case UseServerFolder:
		return d.useServerFolder
	case SetPassword:
		return d.dialog(d.setPassword)
	case StorePassword:
		return func() Message { return d.storePassword(a) }
	case TakePassword:
		return d.takePassword
	case ClearPassword:
		return d.clearPassword
	case StartClient:
		return d.startClient
	case SwitchDebugOn:
		if a.Agreed {
			return d.switchDebugOnNow
		}
		return d.dialog(d.switchDebugOn)
	case SwitchServerDebugOn:
		return d.switchServerDebugOn
	case Autostart:
		return func() Message { return d.setAutostart(a.On) }
	case OpenDashboard:
		return func() Message { return d.openDashboard(a.Section) }
	case OpenSettings:
		return d.openSettings
	case OpenLogs:
		return func() Message { return d.opened(d.Paths.StateDir) }
	case RunChecks:
		return d.runChecks
	case About:
		return d.dialog(d.about)
	}
	return nil
}

// beside does what may take long, and tells what came of it, except to the dashboard, which shows
// that itself. After the end it does nothing, nor for nil.
func (d *Doer) beside(long func() Message, by string) <-chan Message {
	if long == nil {
		return nil
	}
	done := make(chan Message, 1)
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.ctx.Err() != nil {
		close(done)
		return done
	}
	d.tasks.Go(func() {
		defer close(done)
		a := long()
		if a != (Message{}) && by != ByDashboard {
			d.Show(a)
		}
		done <- a
	})
	return done
}

// dialog returns what runs one; nil if one is open. Answered is to be called when it has closed,
// as what follows may take long.
func (d *Doer) dialog(run func(answered func()) Message) func() Message {
	if !d.asking.TryLock() {
		return nil
	}
	answered := sync.OnceFunc(d.asking.Unlock)
	return func() Message {
		defer answered()
		return run(answered)
	}
}

// set returns what changes a key of the settings file, after the changes asked for before.
func (d *Doer) set(key string, value any) func() Message {
	d.mu.Lock()
	defer d.mu.Unlock()
	before, over := d.written, make(chan struct{})
	d.written = over
	return func() Message {
		defer close(over)
		select {
		case <-before:
		case <-d.ctx.Done(): // the one before may never begin
		}
		return d.trouble("notice.settings_not_changed", d.Store.Set(key, value))
	}
}

// said is an answer made of two texts by their keys.
func (d *Doer) said(title, body string, args ...string) Message {
	t := d.Text()
	return Message{Title: t.T(title, args...), Body: t.T(body, args...)}
}

// trouble is the answer that something failed, with a title's key; empty where nothing did or the
// user closed a dialog, and once the app ends.
func (d *Doer) trouble(title string, err error) Message {
	if err == nil || d.ctx.Err() != nil || errors.Is(err, ErrDismissed) {
		return Message{}
	}
	d.Warn(title, err)
	return Message{Title: d.Text().T(title), Body: errtext.Message(d.Text(), err), Failed: true}
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
