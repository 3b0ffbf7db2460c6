package surroundings

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
)

// processesEvery is how often the processes are looked through, while nobody
// listens on the debug port.
const processesEvery = 15 * time.Second

// look is what the goroutine of Run remembers from one look to the next.
type look struct {
	*Watch
	ctx       context.Context
	folder    string // the client's; empty: not found
	setFolder string // what the settings named when it was looked for
	searched  bool
	present   bool // a client was on the port at the last look
	server    stamp
	client    stamp
	config    clientfolder.Config
	read      serverRead // what the next three were read from
	address   string     // of the profile's server
	cdn       string     // its CDN's; empty: it has none
	password  bool       // server.toml holds one
	processes time.Time  // when they were last looked through
}

// serverRead identifies what was read of the profile and its server.toml.
type serverRead struct {
	profile string
	address string
	file    stamp
}

// stamp tells a file from one that was changed. The zero value: there is none.
type stamp struct {
	path     string
	size     int64
	modified time.Time
}

// clientFile is the name of the client's settings.
const clientFile = "altv.toml"

// ClientFile is the path of the client's settings; empty where there are none.
func ClientFile(folder string) string { return stampOf(folder, clientFile).path }

func stampOf(folder, name string) stamp {
	if folder == "" {
		return stamp{}
	}
	path := filepath.Join(folder, name)
	info, err := os.Stat(path)
	if err != nil {
		return stamp{}
	}
	return stamp{path, info.Size(), info.ModTime()}
}

func serverStamp(s settings.Settings) stamp {
	return stampOf(s.Active().Folder, "server.toml")
}

// all takes one look at everything.
func (l *look) all(set settings.Settings) {
	p := set.Active()
	l.lookAtServer(set)
	l.lookAtClient(set)
	wrong, elsewhere := "", false
	if last := l.config.LastIP; l.client != (stamp{}) && !clientfolder.SameServer(last, l.address, l.cdn) {
		wrong, elsewhere = clientfolder.Shown(last), clientfolder.OtherComputer(last, l.address, l.cdn)
	}
	moved := elsewhere != l.Facts().Elsewhere
	debugOff := l.debugOff()
	on, err := l.system.Autostart()
	l.facts.Update(func(f *Facts) {
		f.ServerPassword = l.password
		f.CanStart = l.folder != "" && runtime.GOOS == "windows"
		f.DebugUnset = l.client != (stamp{}) && !l.config.Debug
		f.NoServerFile = p.Folder != "" && l.server == (stamp{})
		f.WrongServer, f.Elsewhere = wrong, elsewhere
		f.DebugOff = debugOff
		f.Autostart = err == nil && on
	})
	if moved {
		l.Configure()
	}
}

// lookAtServer reads server.toml anew when it has changed.
func (l *look) lookAtServer(set settings.Settings) {
	p := set.Active()
	if now := serverStamp(set); now != l.server {
		l.server = now
		l.log.Info("server_settings_changed", "file", now.path)
		l.Configure()
		l.LookAtPassword()
	}
	read := serverRead{p.Name, p.Server, l.server}
	if read == l.read {
		return
	}
	var own gameserver.ServerConfig
	var err error
	if l.server != (stamp{}) {
		own, err = gameserver.ReadConfig(p.Folder)
	}
	l.read, l.password, l.address, l.cdn = read, err == nil && own.HasPassword, ServerAddress(p), own.CDN()
	if err != nil {
		l.read = serverRead{} // tried again at the next look
	}
}

// lookAtClient finds the client's folder and reads its settings anew when they
// have changed.
func (l *look) lookAtClient(set settings.Settings) {
	// One that is nowhere yet is looked for again when a client is there: it may
	// have been installed since, or be found as the process that runs.
	present := l.monitor.Snapshot().Client.Present()
	appeared := present && !l.present && l.folder == ""
	l.present = present
	if !l.searched || l.setFolder != set.Client.Folder || appeared {
		l.searched, l.setFolder, l.folder = true, set.Client.Folder, ""
		found, err := l.system.Find(l.ctx, set.Client.Folder)
		if err == nil {
			l.folder = found.Path
			l.log.Info("client_found", "folder", found.Path, "by", found.Source)
		} else if set.Client.Folder != "" && l.ctx.Err() == nil {
			l.warn("client_not_found", err)
		}
		l.clientDir.Set(l.folder)
	}
	if now := stampOf(l.folder, clientFile); now != l.client {
		config, err := clientfolder.ReadConfig(l.folder)
		// What was read last counts on while the file cannot be read, as while alt:V
		// writes it; it is tried again at the next look.
		if err == nil || now == (stamp{}) {
			l.client, l.config = now, config
		}
	}
}

// debugOff tells that the client runs without its debug port: its settings
// have debug off, its process was not told otherwise, and nobody listens.
func (l *look) debugOff() bool {
	if l.monitor.Snapshot().Client.Outcome != debugport.NotRunning || l.client == (stamp{}) || l.config.Debug {
		return false
	}
	if time.Since(l.processes) < processesEvery {
		return l.Facts().DebugOff
	}
	l.processes = time.Now()
	all, err := l.system.Running(l.ctx)
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
