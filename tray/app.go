// Package tray makes the parts of the tray app, runs them and ends them.
package tray

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"altv-tray/assets"
	"altv-tray/monitor"
	"altv-tray/monitor/control"
	"altv-tray/monitor/history"
	"altv-tray/monitor/live"
	"altv-tray/settings"
	"altv-tray/tray/action"
	"altv-tray/tray/dashboard"
	"altv-tray/tray/doctor"
	"altv-tray/tray/errtext"
	"altv-tray/tray/hotkey"
	"altv-tray/tray/lang"
	"altv-tray/tray/notify"
	"altv-tray/tray/panel"
	"altv-tray/tray/surroundings"
	"altv-tray/tray/view"
)

// Options configure a tray app. Home, Monitor and Notify may be left out.
type Options struct {
	Version string
	Home    string // the project's page; may be empty
	Paths   settings.Paths
	Store   *settings.Store
	Keyring settings.Keyring
	Log     *slog.Logger
	Say     func(text string) // prints to the terminal, if there is one
	Monitor monitor.Options
	System  surroundings.System
	Notify  func(view.Notice) error // shows a notification; nil: notify.Desktop does

	FirstStart bool // show where the icon is: the user has not seen it yet
	LastTry    bool // run without an icon if the panel does not come up; see panel.Screen
}

// App is the tray app.
type App struct {
	Options
	scenes       live.Value[view.Scene] // what the panel and the dashboard show
	monitor      *monitor.Monitor
	surroundings *surroundings.Watcher
	doer         *action.Doer
	screen       *panel.Screen
	Dashboard    *dashboard.Server
	hotkey       *hotkey.Keeper
	notices      *notify.Queue
	desktop      *notify.Desktop
	recorded     live.Feed[history.Entry] // the history of this run

	end func() // ends everything but the panel, and waits for it, at most for endLimit
}

// New makes an app; Run starts it.
func New(o Options) *App {
	a := &App{Options: o}
	a.desktop = notify.NewDesktop(o.Paths, func(what action.Action) { a.click(what, "notification") })
	if o.Notify == nil {
		o.Notify = a.desktop.Show
	}
	a.notices = notify.New(o.Notify, o.Log)
	a.scenes.Set(view.Scene{Version: o.Version, System: runtime.GOOS})
	a.scenes.Update(a.useSettings)
	a.surroundings, a.monitor = surroundings.New(o.Store, o.Keyring, o.Log, a.warn, o.System, o.Monitor)
	a.hotkey = hotkey.New(o.Store, o.Log, func() string { return a.text().T("menu.reconnect") }, a.reconnectByKey)
	a.doer = action.New(action.Parts{
		Version: o.Version, Home: o.Home, Paths: o.Paths,
		Store: o.Store, Keyring: o.Keyring, Monitor: a.monitor, Surroundings: a.surroundings,
		Log: o.Log, Text: a.text, Show: a.show, Warn: a.warn,
		Dashboard: func(section string) (string, error) { return a.Dashboard.Open(section) },
		Checks: func(ctx context.Context) string {
			return doctor.DialogText(a.text(), a.checks(ctx, a.text(), nil))
		},
	})
	a.Dashboard = dashboard.New(dashboard.Parts{
		Scenes: &a.scenes, Store: o.Store, Logger: o.Log, Now: time.Now,
		Do:      func(what action.Action) action.Result { return a.click(what, action.ByDashboard) },
		History: func() ([]history.Entry, error) { return history.All(o.Paths.StateDir) }, Recorded: &a.recorded,
		Checks: func(ctx context.Context, seen func(int, doctor.Check)) []doctor.Check {
			return a.checks(ctx, a.text(), seen)
		},
		Folder: a.doer.Folder, Change: a.doer.ChangeSettings,
		Log: filepath.Join(o.Paths.StateDir, LogName),
	})
	a.screen = &panel.Screen{
		Panel:  panel.New(o.Paths.CacheDir, o.Log, a.endSession),
		Scenes: &a.scenes, Do: func(what action.Action) { a.click(what, "menu") },
		Log: o.Log, Warn: a.warn, LastTry: o.LastTry, Connect: panel.Connect, Theme: panel.TaskbarTheme,
	}
	return a
}

// click does what the user asked for. They have seen the failure that was shown, so it is cleared.
func (a *App) click(what action.Action, by string) action.Result {
	a.scenes.Update(func(s *view.Scene) { s.Failure = monitor.NoReason })
	return a.doer.Do(what, by)
}

// Monitor returns the app's monitor.
func (a *App) Monitor() *monitor.Monitor { return a.monitor }

// Run runs the app until ctx ends or the user quits. The panel needs the main goroutine. If the
// panel, the notifications or the control port fail, Run reports that, and the rest goes on. It
// returns true if a new process may succeed in showing the icon: see panel.Screen.
func (a *App) Run(ctx context.Context) (panelFailed bool) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	a.doer.Quit = cancel
	a.Log.Info("started", "version", a.Version, "settings", a.Store.File())
	a.start(ctx, cancel)
	panelFailed = a.screen.Run(ctx)
	a.end()
	return panelFailed
}

// endLimit is how long the end waits for all parts. A call of the system may never return, and at a
// logoff Windows allows five seconds.
const endLimit = 1500 * time.Millisecond

// start starts everything but the panel.
func (a *App) start(ctx context.Context, cancel func()) {
	var parts sync.WaitGroup
	f := newFollower(a)
	a.reportBrokenSettings()
	if err := a.desktop.Open(); err != nil {
		a.warn("no_buttons", err)
	}
	if a.FirstStart {
		a.notices.AddAlways(view.FirstStartNotice(a.text()))
	}
	a.scenes.Update(a.update)
	// commands opens its port here, before a part logs that the app runs.
	for _, run := range []func(context.Context){
		a.commands(), a.monitor.Run, a.notices.Run, a.doer.Run, f.run, a.surroundings.Run, a.followScenes, a.Store.Watch, a.hotkey.Run,
	} {
		parts.Go(func() { run(ctx) })
	}
	a.end = sync.OnceFunc(func() {
		cancel()
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			a.Dashboard.Close()
			parts.Wait()
			a.desktop.Close()
		}()
		select {
		case <-ended:
		case <-time.After(endLimit):
			a.Log.Warn("end_not_awaited", "after", endLimit)
		}
		a.Log.Info("stopped")
	})
}

// commands opens the port for commands. The function that it returns serves them until its ctx ends.
func (a *App) commands() func(ctx context.Context) {
	server, err := control.Listen(a.Paths.StateDir, control.App{
		Monitor: a.monitor,
		Report: func(s monitor.Snapshot) control.Report {
			return control.NewReport(control.Report{
				Client: control.ClientReport{Address: a.Store.Current().Client.Address}, Settings: a.Store.File(), Tray: true, Version: a.Version,
			}, s, errtext.English)
		},
		Line:         view.Line,
		FileRestored: func() { a.Log.Warn("files_put_back", "folder", a.Paths.StateDir) },
		Checks:       func(ctx context.Context) any { return a.checks(ctx, lang.English(), nil) },
		Open:         func() (string, error) { return a.Dashboard.Open("") },
		Reconnect: func() (uint64, bool) {
			r := a.doer.Do(action.Reconnect{}, "command")
			return r.Job, r.Merged
		},
		Order: a.order,
	})
	if err != nil {
		a.warn("commands_not_served", fmt.Errorf("commands such as `altv-tray pause` will not reach this app: %w", err))
		return func(context.Context) {}
	}
	return server.Serve
}

// order does what a command asks for. It returns false for a command that it does not know.
func (a *App) order(what string, with control.Request) (known bool) {
	if what == control.Press {
		if !a.desktop.Press(with.Code) {
			a.Log.Info("button_not_in_force")
		}
		return true
	}
	do, known := map[string]action.Action{
		control.Ready: action.Ready{}, control.Pause: action.Pause{For: with.Pause}, control.Resume: action.Resume{},
		control.PasswordChanged: action.PasswordChanged{}, control.Quit: action.Quit{},
	}[what]
	if known {
		a.doer.Do(do, "command")
	}
	return known
}

// hotkeyLimit is how long the hotkey's sound may wait for the keyring and the client.
const hotkeyLimit = 2 * time.Second

// reconnectByKey asks for a reconnect and reports whether it was accepted. It is not if it
// fails at once, for example without a client or a password.
func (a *App) reconnectByKey(ctx context.Context) (accepted bool) {
	sub := a.monitor.Subscribe()
	defer sub.Close()
	r := a.click(action.Reconnect{}, "hotkey")
	if client := a.monitor.Snapshot().Client; r.Merged || r.Job != 0 && client.Present() && !client.Ready() {
		return true // the reconnect waits for the client, which may take a while
	}
	ctx, cancel := context.WithTimeout(ctx, hotkeyLimit)
	defer cancel()
	e, err := sub.Await(ctx, r.Job, false)
	return r.Job != 0 && (err != nil || e.Kind == monitor.Answered)
}

// endSession ends the app before it returns, as Windows then ends the process.
func (a *App) endSession() {
	a.Log.Info("session_ends")
	a.end()
}

// checks runs the doctor's checks. The arguments are Printer and OnCheck of doctor.Input.
func (a *App) checks(ctx context.Context, p *lang.Printer, seen func(place int, c doctor.Check)) []doctor.Check {
	now, set, system := a.monitor.Snapshot(), a.Store.Current(), a.System
	system.FindServerFolder = func(ctx context.Context, _ string) string {
		return a.surroundings.FindServerFolder(ctx, set.Active(), true)
	}
	return doctor.Run(ctx, doctor.Input{
		Settings: set,
		Problem:  a.Store.Problem(),
		App:      &doctor.AppState{Client: now.Client, Server: now.ServerWhy.Code, Hotkey: a.hotkey.State()},
		Paths:    a.Paths,
		Log:      filepath.Join(a.Paths.StateDir, LogName),
		Keyring:  a.Keyring,
		Printer:  p,
		OnCheck:  seen,
		System:   system,
	})
}

// show shows how an action ended.
func (a *App) show(m action.Message) {
	icon := assets.App
	if m.Failed {
		icon = assets.Error
	}
	a.notices.AddAlways(view.Notice{Title: m.Title, Body: m.Body, Icon: icon})
}

// reportBrokenSettings reports why the settings file is not in force, if it is not.
func (a *App) reportBrokenSettings() {
	if err := a.Store.Problem(); err != nil {
		t := a.text()
		a.warn("settings_not_in_force", err)
		a.notices.Add(view.Notice{Title: t.T("notice.settings_title"), Body: errtext.Message(t, err), Icon: assets.Error})
	}
}

// Narrate shows the text of a key, which explains what happens in the demo: on the dashboard if a
// page is open, otherwise as a notification too.
func (a *App) Narrate(key string) {
	t := a.text()
	a.scenes.Update(func(s *view.Scene) { s.Story = t.T(key) })
	if !a.Dashboard.PageOpen() {
		a.show(action.Message{Title: t.T("demo.title"), Body: t.T(key)})
	}
}

// warn reports a problem to the log and the terminal.
func (a *App) warn(what string, err error) {
	a.Log.Warn(what, "error", err)
	a.Say("altv-tray: " + errtext.English(err))
}
