// Package surroundings watches what lies around client and server: folders, settings files,
// processes, keyring, start at login. It publishes what it finds as Facts.
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
	"altv-tray/monitor/debugport"
	"altv-tray/monitor/gameserver"
	"altv-tray/monitor/live"
	"altv-tray/settings"
	"altv-tray/tray/autostart"
)

// System is what is asked of the system. Tests replace it.
type System struct {
	FindClient     func(set string) (string, error)
	RunningClients func() ([]clientfolder.Process, error)
	Autostart      func() (bool, error)
	// ServerFolder is gameserver.FindFolder.
	FindServerFolder func(ctx context.Context, address string) string
	// SetAutostart switches the start at login on or off.
	SetAutostart func(on bool) error
	Dial         debugport.DialFunc // how the server is reached; nil: the system's way
	// NewWatcher replaces the watch of the server; nil: it is gameserver's.
	NewWatcher func(tell func(monitor.ServerFact)) monitor.Watcher
}

// RealSystem is the user's.
func RealSystem() System {
	return System{
		FindClient: clientfolder.Find, RunningClients: clientfolder.Running, FindServerFolder: gameserver.FindFolder,
		Autostart: autostart.Enabled, SetAutostart: autostart.Set,
	}
}

// SetAutostart is the System's.
func (w *Watcher) SetAutostart(on bool) error { return w.system.SetAutostart(on) }

// Watcher looks at the surroundings. Its methods may be called from any goroutine.
type Watcher struct {
	store   *settings.Store
	keyring settings.Keyring
	monitor *monitor.Monitor
	log     *slog.Logger
	warn    func(what string, err error) // for the terminal and the log
	system  System

	facts  live.Value[Facts]
	server live.Value[gameserver.ServerConfig] // the profile's, when the monitor was configured

	lookDue     chan struct{} // something around has just been changed
	keyringDue  chan struct{} // the keyring is worth a look
	keyringOpen atomic.Bool   // it could be read the last time, so it asks for nothing
	folderDue   chan struct{} // the server became ready
	seeking     sync.Mutex    // one look for the server's folder at a time
	found       live.Value[foundFolder]

	configuring sync.Mutex // one after the other, so that the newest wins
}

// New makes a Watcher and its monitor, which gets the settings in force and what is known around
// them by Configure. Warn reports to terminal and log.
func New(store *settings.Store, keyring settings.Keyring, log *slog.Logger, warn func(what string, err error), system System, o monitor.Options) (*Watcher, *monitor.Monitor) {
	w := &Watcher{store: store, keyring: keyring, log: log, warn: warn, system: system, lookDue: make(chan struct{}, 1)}
	w.keyringDue, w.folderDue = make(chan struct{}, 1), make(chan struct{}, 1)
	w.monitor = monitor.New(w.target(store.Current()), o)
	return w, w.monitor
}

// Facts returns what is known now.
func (w *Watcher) Facts() Facts { return w.facts.Get() }

// Follow is live.Value's, for the Facts.
func (w *Watcher) Follow() (changed <-chan struct{}, stop func()) { return w.facts.Follow() }

// Refresh has the surroundings looked at now, as after a change.
func (w *Watcher) Refresh() { live.Wake(w.lookDue) }

// Configure gives the monitor the settings in force, and what server.toml says now.
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

// target is Target, with what is known around: a reconnect does not wait for the same look at the
// server each time.
func (w *Watcher) target(set settings.Settings) monitor.Target {
	p := set.Active()
	own := serverConfig(p.Folder)
	w.server.Set(own)
	t := targetAt(addressOf(p, own), set, w.system.Dial, func(ctx context.Context) (string, monitor.Reason) {
		return password(ctx, p, w.stored, func(ctx context.Context, p settings.Profile) string { return w.FindServerFolder(ctx, p, false) })
	})
	t.Config.Elsewhere = w.Facts().Elsewhere
	if w.system.NewWatcher != nil {
		t.NewWatcher = w.system.NewWatcher
	}
	return t
}

// every is how often the files around client and server are looked at.
const every = 5 * time.Second

// Run looks until ctx ends. It leaves nothing behind.
func (w *Watcher) Run(ctx context.Context) {
	var peek sync.WaitGroup
	defer peek.Wait()
	peek.Go(func() { w.peek(ctx) })
	l := look{Watcher: w}
	changed, unsubscribe := w.store.Subscribe()
	defer unsubscribe()
	w.CheckPassword()
	var seek <-chan time.Time
	for {
		l.all(ctx, w.store.Current())
		select {
		case <-beat.After(every):
		case <-changed:
		case <-w.folderDue: // at once it would take the processor's time when a reconnect is due
			seek = beat.After(2 * time.Second)
		case <-seek:
			w.FindServerFolder(ctx, w.store.Current().Active(), true)
		case <-w.lookDue:
			l.processes = time.Time{}
		case <-ctx.Done():
			return
		}
	}
}
