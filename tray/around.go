package tray

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"altv-tray/monitor/clientfolder"
	"altv-tray/monitor/debugport"
	"altv-tray/monitor/gameserver"
	"altv-tray/settings"
	"altv-tray/tray/autostart"
)

// aroundEvery is how often the files around client and server are looked at.
// A look is a few calls of stat; the rest follows only from a change.
const aroundEvery = 5 * time.Second

// processesEvery is how often the processes are looked through, while nobody
// listens on the debug port.
const processesEvery = 15 * time.Second

// system is what is asked of the system around; tests replace it.
type system struct {
	find      func(ctx context.Context, set string) (clientfolder.Folder, error)
	running   func(ctx context.Context) ([]clientfolder.Process, error)
	autostart func() (bool, error)
}

var realSystem = system{find: clientfolder.Find, running: clientfolder.Running, autostart: autostart.Enabled}

// around follows what the menu shows of the surroundings: the server's own
// settings, the client's folder, the start at login.
type around struct {
	app       *App
	folder    string // the client's; empty: not found
	setFolder string // what the settings named when it was looked for
	searched  bool
	present   bool // a client was on the port at the last look
	server    stamp
	client    stamp
	config    clientfolder.Config
	read      serverRead // by what the next two were found
	address   string     // of the profile's server
	cdn       string     // its CDN's; empty: it has none
	processes time.Time  // when they were last looked through

	hasPassword bool // the server's own settings hold one
}

// serverRead is what the profile's address and password are read from.
type serverRead struct {
	profile string
	address string
	file    stamp
}

// stamp is by what a changed file is known. The zero value: there is none.
type stamp struct {
	path     string
	size     int64
	modified time.Time
}

// clientFiles are the client's settings, the newer kind first.
var clientFiles = []string{"altv.toml", "altv.cfg"}

func stampOf(folder string, names ...string) stamp {
	if folder == "" {
		return stamp{}
	}
	for _, name := range names {
		path := filepath.Join(folder, name)
		if info, err := os.Stat(path); err == nil {
			return stamp{path, info.Size(), info.ModTime()}
		}
	}
	return stamp{}
}

func (a *App) lookAround() {
	r := &around{app: a}
	tick := time.NewTicker(aroundEvery)
	defer tick.Stop()
	changed, unsubscribe := a.Store.Subscribe()
	defer unsubscribe()
	r.server = serverStamp(a.Store.Current())
	a.lookAtPassword()
	for {
		r.look(a.Store.Current())
		select {
		case <-tick.C:
		case <-changed:
		case <-a.lookNow:
			r.processes = time.Time{}
		case <-a.ctx.Done():
			return
		}
	}
}

func serverStamp(s settings.Settings) stamp {
	return stampOf(s.Active().Folder, "server.toml", "server.cfg")
}

// look takes one look at everything.
func (r *around) look(set settings.Settings) {
	a := r.app
	p := set.Active()
	if now := serverStamp(set); now != r.server {
		r.server = now
		a.Log.Info("server_settings_changed", "file", now.path)
		a.configure()
		a.lookAtPassword()
	}
	if read := (serverRead{p.Name, p.Server, r.server}); read != r.read {
		var own gameserver.ServerConfig
		var err error
		if r.server != (stamp{}) {
			own, err = gameserver.ReadConfig(p.Folder)
		}
		r.read, r.hasPassword, r.address, r.cdn = read, err == nil && own.HasPassword, ServerAddress(p), own.CDN()
		if err != nil {
			r.read = serverRead{} // tried again at the next look
		}
	}
	r.lookAtClient(set)
	wrong, elsewhere := "", false
	if last := r.config.LastIP; r.client != (stamp{}) && !clientfolder.SameServer(last, r.address, r.cdn) {
		wrong, elsewhere = clientfolder.Shown(last), clientfolder.OtherComputer(last, r.address, r.cdn)
	}
	moved := elsewhere != a.facts.get().elsewhere
	debugOff := r.debugOff()
	on, err := a.system.autostart()
	a.facts.note(func(f *facts) {
		f.serverPassword = r.hasPassword
		f.canStart = r.folder != "" && runtime.GOOS == "windows"
		f.debugUnset = r.client != (stamp{}) && !r.config.Debug
		f.noServerFile = p.Folder != "" && r.server == (stamp{})
		f.wrongServer, f.elsewhere = wrong, elsewhere
		f.debugOff = debugOff
		f.autostart = err == nil && on
	})
	if moved {
		a.configure()
	}
}

// lookAtClient finds the client's folder and reads its settings anew when they
// have changed.
func (r *around) lookAtClient(set settings.Settings) {
	a := r.app
	// One that is nowhere yet is looked for again when a client is there: it may
	// have been installed since, or be found as the process that runs.
	present := a.monitor.Snapshot().Client.Present()
	appeared := present && !r.present && r.folder == ""
	r.present = present
	if !r.searched || r.setFolder != set.Client.Folder || appeared {
		r.searched, r.setFolder, r.folder = true, set.Client.Folder, ""
		found, err := a.system.find(a.ctx, set.Client.Folder)
		if err == nil {
			r.folder = found.Path
			a.Log.Info("client_found", "folder", found.Path, "by", found.Source)
		} else if set.Client.Folder != "" && a.ctx.Err() == nil {
			a.warn("client_not_found", err)
		}
		folder := r.folder
		a.clientDir.Store(&folder)
	}
	if now := stampOf(r.folder, clientFiles...); now != r.client {
		config, err := clientfolder.ReadConfig(r.folder)
		// What was read last counts on while the file cannot be read, as while alt:V
		// writes it; it is tried again at the next look.
		if err == nil || now == (stamp{}) {
			r.client, r.config = now, config
		}
	}
}

// debugOff tells that the client runs without its debug port: its settings
// have debug off, its process was not told otherwise, and nobody listens.
func (r *around) debugOff() bool {
	a := r.app
	if a.monitor.Snapshot().Client.Outcome != debugport.NotRunning || r.client == (stamp{}) || r.config.Debug {
		return false
	}
	if time.Since(r.processes) < processesEvery {
		return a.facts.get().debugOff
	}
	r.processes = time.Now()
	all, err := a.system.running(a.ctx)
	if err != nil {
		return false
	}
	for _, p := range all {
		if !p.HasDebugFlag {
			return true
		}
	}
	return false
}
