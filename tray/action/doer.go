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

// Parts are what actions work on. All but Home must be set.
type Parts struct {
	Version      string
	Home         string // the project's page; may be empty
	Paths        settings.Paths
	Store        *settings.Store
	Keyring      settings.Keyring
	Monitor      *monitor.Monitor
	Surroundings *surroundings.Watcher
	Log          *slog.Logger
	Text         func() *lang.Printer
	Show         func(Message)
	Warn         func(what string, err error)                 // reports a problem to the log and the terminal
	Dashboard    func(section string) (url string, err error) // returns the address of a section with a one-time code
	Checks       func(ctx context.Context) string             // runs the checks, and returns what they found wrong
}

// Message is what the user reads of an action's outcome.
type Message struct {
	Title, Body string
	Failed      bool
}

// Doer does actions. Make it with New, and call Run on a goroutine.
type Doer struct {
	Parts
	Ask    func(ctx context.Context, q Question) (answer string, err error) // shows a dialog
	Open   func(path string) error                                          // opens a file or folder
	Browse func(url string) error                                           // opens a page
	Quit   func()                                                           // ends the app; set it before Run

	ctx   context.Context // ends with Run
	end   context.CancelFunc
	tasks sync.WaitGroup

	mu      sync.Mutex    // guards written, and tasks against a task that starts after the end
	written chan struct{} // closed when the newest change of the settings is done

	asking  sync.Mutex // held while a dialog is open
	storing sync.Mutex // held while the keyring is changed
}

// New makes a Doer that uses the system's dialogs.
func New(p Parts) *Doer {
	d := &Doer{Parts: p, Ask: showDialog, Open: openPath, Browse: Browse, written: make(chan struct{})}
	close(d.written)
	d.ctx, d.end = context.WithCancel(context.Background())
	return d
}

// Run waits until ctx ends, and then for the actions that are not done yet. No action that may take
// long starts after that.
func (d *Doer) Run(ctx context.Context) {
	<-ctx.Done()
	d.mu.Lock()
	d.end()
	d.mu.Unlock()
	d.tasks.Wait()
}

// Result is what Do knows at once.
type Result struct {
	Job    uint64         // the number of a Reconnect
	Merged bool           // the Reconnect was merged with one under way
	Done   <-chan Message // receives once, or is closed, when an action that goes on is done; nil: none does
}

// ByDashboard is the origin of an action whose message the page shows.
const ByDashboard = "dashboard"

// Do does an action or starts it. It does not block for long. By is the origin of the action for the
// log: menu, command, notification, hotkey or ByDashboard.
func (d *Doer) Do(a Action, by string) (r Result) {
	d.Log.Info("action", "name", Name(a), "by", by)
	switch a := a.(type) {
	case Reconnect:
		r.Job, r.Merged = d.Monitor.Reconnect()
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
		r.Done = d.start(d.task(a), by)
	}
	return r
}

// task returns a function that does an action that may take long; nil if there is nothing to do.
func (d *Doer) task(a Action) func() Message {
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
		return d.setPassword
	case StorePassword:
		return func() Message { return d.storePassword(a) }
	case TakePassword:
		return d.takePassword
	case ClearPassword:
		return d.clearPassword
	case StartClient:
		return d.startClient
	case SwitchDebugOn:
		return d.switchDebugOn
	case SwitchServerDebugOn:
		return d.switchServerDebugOn
	case Autostart:
		return func() Message { return d.setAutostart(a.On) }
	case OpenDashboard:
		return func() Message { return d.openDashboard(a.Section) }
	case OpenSettings:
		return d.openSettings
	case OpenLogs:
		return func() Message { return d.open(d.Paths.StateDir) }
	case RunChecks:
		return d.runChecks
	case About:
		return d.about
	}
	return nil
}

// start runs a task, which may be nil, unless the app has ended. It shows the task's message, unless
// the dashboard does so.
func (d *Doer) start(task func() Message, by string) <-chan Message {
	if task == nil {
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
		m := task()
		if m != (Message{}) && by != ByDashboard {
			d.Show(m)
		}
		done <- m
	})
	return done
}

// set returns a task that changes a key of the settings file, after all earlier changes.
func (d *Doer) set(key string, value any) func() Message {
	d.mu.Lock()
	defer d.mu.Unlock()
	earlier, written := d.written, make(chan struct{})
	d.written = written
	return func() Message {
		defer close(written)
		select {
		case <-earlier:
		case <-d.ctx.Done(): // the earlier change may never start
		}
		return d.failure("notice.settings_not_changed", d.Store.Set(key, value))
	}
}

// success returns the message with the texts of two keys.
func (d *Doer) success(title, body string, args ...string) Message {
	t := d.Text()
	return Message{Title: t.T(title, args...), Body: t.T(body, args...)}
}

// failure returns the message that something failed, with the key of its title. The message is empty
// without an error, if the user closed a dialog, and when the app ends.
func (d *Doer) failure(title string, err error) Message {
	if err == nil || d.ctx.Err() != nil || errors.Is(err, ErrDismissed) {
		return Message{}
	}
	d.Warn(title, err)
	return Message{Title: d.Text().T(title), Body: errtext.Message(d.Text(), err), Failed: true}
}

// untilEnd calls do, which may never return. It does not wait for it after the end of the app.
func (d *Doer) untilEnd(do func() error) error {
	done := make(chan error, 1)
	go func() { done <- do() }()
	select {
	case err := <-done:
		return err
	case <-d.ctx.Done():
		return d.ctx.Err()
	}
}
