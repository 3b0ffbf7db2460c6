package tray

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"altv-tray/assets"
	"altv-tray/monitor"
	"altv-tray/monitor/control"
	"altv-tray/monitor/gameserver"
	"altv-tray/monitor/history"
	"altv-tray/settings"
	"altv-tray/tray/lang"
)

// Options is what a tray app is made of. All but Monitor must be set.
type Options struct {
	Version  string
	StateDir string // log, control.json
	CacheDir string // icons for those who want files
	Store    *settings.Store
	Keyring  settings.Keyring
	Log      *slog.Logger
	Say      func(text string) // tells a terminal, if there is one
	Monitor  monitor.Options

	// FirstStart has the app say where it is: nobody has seen its icon yet.
	FirstStart bool
	// LastTry has the app go on where the panel does not come up, in place of
	// ending so that a new process can try again.
	LastTry bool
}

// App is the tray app: a monitor with a panel, notifications, a log and the
// port for commands around it.
type App struct {
	Options
	monitor *monitor.Monitor
	notices *notifier
	dialogs dialogs
	open    func(path string) error
	now     func() time.Time
	facts   *factBook
	system  system
	history *history.Store // nil: it could not be read so far
	lookNow chan struct{}  // something around has just been changed
	themes  chan assets.Theme

	watchTheme  func(ctx context.Context, changed func(assets.Theme)) error
	watchServer []gameserver.Option             // empty, but for tests
	reach       func(ctx context.Context) error // nil: a panel can be talked to

	clientDir   atomic.Pointer[string] // the client's folder; empty: not found
	configuring sync.Mutex             // one after the other, so that the newest wins
	keyringOpen atomic.Bool            // it could be read the last time, so it asks for nothing
	peeking     sync.Mutex             // one look at it at a time

	wait     sync.WaitGroup
	asking   sync.Mutex // one question at a time
	checking sync.Mutex // one look at the checks at a time
	storing  sync.Mutex // one change of the keyring after the other
	ctx      context.Context
	cancel   context.CancelFunc
	panel    panel
	started  time.Time
	printer  atomic.Pointer[lang.Printer]

	panelFailed atomic.Bool
	server      *control.Server // nil: the commands do not reach this app
	ending      sync.Once

	historyLost bool // it could not be kept, the last time
}

// New makes an app; Run starts it.
func New(o Options) *App {
	icons := newIconFiles(o.CacheDir)
	teller := &beeepTeller{icons: icons}
	tray := newSystrayPanel(icons, o.Log)
	a := &App{
		Options: o,
		notices: newNotifier(teller.tell, o.Log),
		open:    openPath,
		now:     time.Now,
		facts:   newFactBook(),
		system:  realSystem,
		lookNow: make(chan struct{}, 1),
		themes:  make(chan assets.Theme),
		panel:   tray,
		started: time.Now(),

		watchTheme: watchTheme,
		reach:      reachDesktop,
	}
	tray.sessionEnds = a.endSession
	a.dialogs = zenityDialogs{a.text}
	a.monitor = monitor.New(a.target(o.Store.Current()), o.Monitor)
	a.printer.Store(lang.New(string(o.Store.Current().Language)))
	return a
}

// text tells what a user reads, in his language.
func (a *App) text() *lang.Printer { return a.printer.Load() }

// Monitor is the app's monitor, for who wants to follow it.
func (a *App) Monitor() *monitor.Monitor { return a.monitor }

// Run runs the app until ctx ends or the user quits. It must be called on the
// main goroutine: the panel needs that. What goes wrong with the panel, the
// notifications or the port for commands is said and logged, and all the rest
// goes on.
//
// It gives true where the panel never became ready, which a new process may
// mend: Windows refuses an icon while its taskbar is still starting, and systray
// does not come back from that.
func (a *App) Run(ctx context.Context) (panelFailed bool) {
	a.ctx, a.cancel = context.WithCancel(ctx)
	defer a.cancel()
	a.Log.Info("started", "version", a.Version, "settings", a.Store.File())
	a.tellProblem()

	sub := a.monitor.Subscribe() // before it runs, so that its first events are not missed
	a.wait.Go(func() { a.monitor.Run(a.ctx) })
	a.wait.Go(func() { a.notices.Run(a.ctx) })
	a.wait.Go(a.followTheme)
	if a.FirstStart {
		a.tell("notice.first_title", "notice.first_body")
	}
	a.openHistory()
	a.wait.Go(func() { a.follow(sub) })
	a.wait.Go(a.lookAround)
	a.wait.Go(func() {
		if err := a.Store.Watch(a.ctx); err != nil && a.ctx.Err() == nil {
			a.warn("settings_not_watched", err)
		}
	})
	server, err := control.Listen(a.StateDir, a.monitor, func() string { return a.Store.Current().Client.Address }, a.Version)
	if err != nil {
		a.warn("commands_not_served", fmt.Errorf("commands such as `altv-tray pause` will not reach this app: %w", err))
	} else {
		server.Quit = a.cancel
		a.server = server
		a.wait.Go(server.Serve)
	}
	a.show()
	a.end()
	return a.panelFailed.Load()
}

// end ends all that runs beside the panel and waits for it. Once is enough; who
// comes later waits as well.
func (a *App) end() {
	a.ending.Do(func() {
		a.cancel()
		if a.server != nil {
			a.server.Close()
		}
		a.wait.Wait()
		a.Log.Info("stopped")
	})
}

// sessionLimit is how long the end may take where the system's session ends:
// Windows gives five seconds.
const sessionLimit = 4 * time.Second

// endSession does before it returns what else would never be done: Windows ends
// the process right after, and Run with it.
func (a *App) endSession() {
	a.Log.Info("session_ends")
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		a.end()
	}()
	select {
	case <-ended:
	case <-time.After(sessionLimit):
		a.Log.Warn("session_ends_too_soon", "after", sessionLimit)
	}
}

// show runs the panel until the end, or until there can be one.
func (a *App) show() {
	if !a.awaitDesktop() {
		return
	}
	set := a.Store.Current()
	first, _ := render(scene{a.monitor.Snapshot(), &set, a.Version, a.text(), a.facts.get()}, 0)
	select {
	case first.theme = <-a.themes:
	case <-a.ctx.Done():
	}
	ready := make(chan struct{})
	a.wait.Go(func() { a.awaitPanel(ready) })
	run := func() error {
		return a.panel.Run(first, func() {
			close(ready)
			a.Log.Info("panel_ready", "after", time.Since(a.started).Round(time.Millisecond))
			a.wait.Go(func() { a.ui(first) })
		})
	}
	err := run()
	for errors.Is(err, errPanelLost) && a.ctx.Err() == nil {
		if !a.awaitReturn(err) {
			return
		}
		a.Log.Info("desktop_returned")
		err = run()
	}
	if err != nil && a.ctx.Err() == nil {
		a.warn("panel_broke", fmt.Errorf("%w; altv-tray goes on without its icon, quit it with `kill %d`", err, os.Getpid()))
		<-a.ctx.Done()
	}
}

// awaitPanel ends the panel with the app, and sees to one that never comes up.
func (a *App) awaitPanel(ready <-chan struct{}) {
	limit := time.NewTimer(panelLimit)
	defer limit.Stop()
	select {
	case <-ready:
		a.checkHost()
	case <-limit.C:
		a.warn("panel_not_ready", errors.New("the system tray did not take the icon; the commands work without it"))
		if !a.LastTry {
			a.panelFailed.Store(true)
			a.cancel()
		}
	case <-a.ctx.Done():
		// Quit before the panel is up would be lost.
		select {
		case <-ready:
		case <-limit.C:
		}
	}
	<-a.ctx.Done()
	a.panel.Quit()
}

// panelLimit is how long a panel may take to be ready for the menu.
const panelLimit = 10 * time.Second

// ui is the one goroutine that tells the panel anything.
func (a *App) ui(shown view) {
	sub := a.monitor.Subscribe()
	defer sub.Close()
	changed, unsubscribe := a.Store.Subscribe()
	defer unsubscribe()
	timer := time.NewTimer(0)
	defer timer.Stop()
	set := a.Store.Current()
	sc := scene{set: &set, version: a.Version}
	sc.snap, _, _ = sub.Take()
	theme := shown.theme
	picture := painter{shown: shown}
	for {
		select {
		case <-a.ctx.Done():
			return
		case theme = <-a.themes:
		case id := <-a.panel.Clicks():
			a.clicked(id, &picture.shown)
		case <-changed:
			set := a.Store.Current()
			sc.set = &set // another pointer for another scene
		case <-sub.C():
			sc.snap, _, _ = sub.Take()
		case <-a.facts.changed:
		case <-timer.C:
		}
		sc.text, sc.facts = a.text(), a.facts.get()
		now := sc.snap.Clock(a.now())
		if changes := picture.paint(sc, theme, now); changes != nil {
			a.panel.Show(&picture.shown, changes)
		}
		timer.Stop()
		if picture.next != never {
			timer.Reset(max(picture.next-now, time.Millisecond))
		}
	}
}

// follow writes the log and the history, tells the notices, and puts changed
// settings in force.
func (a *App) follow(sub *monitor.Subscription) {
	defer sub.Close()
	changed, unsubscribe := a.Store.Subscribe()
	defer unsubscribe()
	recorder := history.NewRecorder(a.monitor.Snapshot().Start, a.now)
	old := a.Store.Current()
	for {
		select {
		case <-a.ctx.Done():
			return
		case <-sub.C():
			_, events, lost := sub.Take()
			if lost > 0 {
				a.Log.Warn("events_lost", "count", lost)
			}
			for _, e := range events {
				logEvent(a.Log, e)
				a.record(recorder.Record(e, old.Profile))
				a.announce(e, old)
				if e.Kind == monitor.NewPassword {
					a.lookAtPassword()
				}
			}
		case <-changed:
			set := a.Store.Current()
			if set.Language != old.Language {
				a.printer.Store(lang.New(string(set.Language)))
				a.facts.wake()
			}
			a.tellProblem()
			if a.Store.Problem() == nil {
				a.Log.Info("settings_changed", "profile", set.Profile, "automatic", set.AutoReconnect.Enabled)
			}
			a.configure()
			if set.Active().Password != old.Active().Password {
				a.monitor.PasswordChanged()
			}
			if set.Profile != old.Profile {
				a.lookAtPassword()
			}
			old = set
		}
	}
}

func (a *App) tellProblem() {
	err := a.Store.Problem()
	a.facts.note(func(f *facts) { f.settingsBroken = err != nil })
	if err != nil {
		a.warn("settings_not_in_force", err)
		a.notices.Add(notice{a.text().T("notice.settings_title"), errorText(a.text(), err), assets.Error})
	}
}

// warn puts it into the log and tells the terminal.
func (a *App) warn(what string, err error) {
	a.Log.Warn(what, "error", err)
	a.Say("altv-tray: " + err.Error())
}
