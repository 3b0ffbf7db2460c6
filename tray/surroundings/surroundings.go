// Package surroundings watches what lies around client and server: folders, settings files,
// processes, the keyring, the start at login. It publishes what it finds as Facts.
package surroundings

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"altv-tray/monitor"
	"altv-tray/monitor/beat"
	"altv-tray/monitor/clientfolder"
	"altv-tray/monitor/gameserver"
	"altv-tray/monitor/live"
	"altv-tray/settings"
	"altv-tray/tray/autostart"
)

// System has the functions that use the system. Tests and the demo replace some.
type System struct {
	FindClient       func(set string) (string, error)                 // clientfolder.Find
	RunningClients   func() ([]clientfolder.Process, error)           // clientfolder.Running
	FindServerFolder func(ctx context.Context, address string) string // gameserver.FindFolder
	Autostart        func() (bool, error)                             // autostart.Enabled
	SetAutostart     func(on bool) error                              // autostart.Set
	NewWatcher       watcherFunc                                      // gameserver.New
}

// RealSystem returns the functions named in System.
func RealSystem() System {
	return System{
		FindClient: clientfolder.Find, RunningClients: clientfolder.Running, FindServerFolder: gameserver.FindFolder,
		Autostart: autostart.Enabled, SetAutostart: autostart.Set, NewWatcher: newWatcher,
	}
}

// SetAutostart switches the start at login on or off.
func (w *Watcher) SetAutostart(on bool) error { return w.system.SetAutostart(on) }

// Watcher watches the surroundings. Its methods may be called from any goroutine.
type Watcher struct {
	store   *settings.Store
	keyring settings.Keyring
	monitor *monitor.Monitor
	log     *slog.Logger
	warn    func(what string, err error) // to the terminal and the log
	system  System

	facts  live.Value[Facts]
	server live.Value[gameserver.ServerConfig] // the profile's, when the monitor was configured

	refreshDue  chan struct{} // something was just changed
	keyringDue  chan struct{} // see CheckPassword
	keyringOpen atomic.Bool   // the keyring could be read last time, so it needs no prompt
	folderDue   chan struct{} // the server became ready
	searching   sync.Mutex    // one search for the server's folder at a time
	found       live.Value[foundFolder]

	configuring sync.Mutex // one call of Configure at a time, so that the newest settings win
}

// New returns a Watcher and its monitor, which Configure keeps up to date with the settings and
// with the files of client and server. Warn writes to the terminal and the log.
func New(store *settings.Store, keyring settings.Keyring, log *slog.Logger, warn func(what string, err error), system System, o monitor.Options) (*Watcher, *monitor.Monitor) {
	w := &Watcher{store: store, keyring: keyring, log: log, warn: warn, system: system, refreshDue: make(chan struct{}, 1)}
	w.keyringDue, w.folderDue = make(chan struct{}, 1), make(chan struct{}, 1)
	w.monitor = monitor.New(w.target(store.Current()), o)
	return w, w.monitor
}

// Facts returns what is known now.
func (w *Watcher) Facts() Facts { return w.facts.Get() }

// Follow follows the Facts like live.Value.Follow.
func (w *Watcher) Follow() (changed <-chan struct{}, stop func()) { return w.facts.Follow() }

// Refresh updates the Facts now, as after a change.
func (w *Watcher) Refresh() { live.Wake(w.refreshDue) }

// Configure passes the current settings, and what server.toml says now, to the monitor.
func (w *Watcher) Configure() {
	w.configuring.Lock()
	defer w.configuring.Unlock()
	set, before := w.store.Current(), w.server.Get()
	w.monitor.Configure(w.target(set))
	if w.server.Get() != before {
		w.log.Info("server_settings_changed", "folder", set.Active().Folder)
		w.CheckPassword()
	}
}

// refreshEvery is how often the files of client and server are read.
const refreshEvery = 5 * time.Second

// Run keeps the Facts up to date until ctx ends, and leaves no goroutine behind.
func (w *Watcher) Run(ctx context.Context) {
	var keyring sync.WaitGroup
	defer keyring.Wait()
	keyring.Go(func() { w.watchKeyring(ctx) })
	i := inspector{Watcher: w}
	changed, unsubscribe := w.store.Subscribe()
	defer unsubscribe()
	w.CheckPassword()
	var searchDue <-chan time.Time
	for {
		i.inspect(ctx, w.store.Current())
		select {
		case <-beat.After(refreshEvery):
		case <-changed:
		case <-w.folderDue: // later, as a search now would take processor time from a due reconnect
			searchDue = beat.After(2 * time.Second)
		case <-searchDue:
			w.FindServerFolder(ctx, w.store.Current().Active(), true)
		case <-w.refreshDue:
			i.processes = time.Time{}
		case <-ctx.Done():
			return
		}
	}
}
