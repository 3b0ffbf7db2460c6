package surroundings

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"altv-tray/monitor/clientfolder"
	"altv-tray/monitor/debugport"
	"altv-tray/monitor/folder"
	"altv-tray/monitor/gameserver"
	"altv-tray/settings"
)

// processesEvery is how often the processes are listed while nothing is on the debug port.
const processesEvery = 15 * time.Second

// look is what the goroutine of Run remembers from one look to the next.
type look struct {
	*Watch
	ctx       context.Context
	folder    string // the client's; empty: not found
	setFolder string // what the settings named when it was looked for
	searched  bool
	present   bool                // a client was on the port at the last look
	server    time.Time           // when server.toml was last modified; zero: there is none
	config    clientfolder.Config // the client's; without a File: there is none
	processes time.Time           // when they were last looked through
}

// modified is when the server.toml in a folder was; zero if there is none. The error is that the
// folder does not answer.
func modified(dir string) (time.Time, error) {
	if dir == "" {
		return time.Time{}, nil
	}
	info, err := folder.Do(dir, func() (os.FileInfo, error) { return os.Stat(filepath.Join(dir, "server.toml")) })
	switch {
	case errors.Is(err, folder.ErrSilent):
		return time.Time{}, err
	case err != nil:
		return time.Time{}, nil
	}
	return info.ModTime(), nil
}

// all takes one look at everything.
func (l *look) all(set settings.Settings) {
	p := set.Active()
	own, serverErr := l.lookAtServer(p)
	if l.ctx.Err() != nil {
		return
	}
	clientErr := l.lookAtClient(set)
	found, wrong := l.foundOf(p).folder, ""
	withPassword := own.HasPassword || serverConfig(found).HasPassword
	same, elsewhere := clientfolder.SameServer(l.config.LastIP, addressOf(p, own), own.CDN())
	if l.config.File != "" && !same {
		wrong = clientfolder.Shown(l.config.LastIP)
	}
	moved := elsewhere != l.Facts().Elsewhere
	debugOff := l.debugOff()
	on, err := l.system.Autostart()
	l.facts.Update(func(f *Facts) {
		f.ServerPassword, f.ServerFolder = withPassword, found
		f.ServerDebugOff = own.File != "" && !own.Debug
		f.ClientFolder = l.folder
		f.CanStart = l.folder != "" && runtime.GOOS == "windows"
		f.DebugUnset = l.config.File != "" && !l.config.Debug
		f.NoServerFile = p.Folder != "" && l.server.IsZero() && serverErr == nil
		f.ServerSilent, f.ClientSilent = serverErr != nil, clientErr != nil
		f.WrongServer, f.Elsewhere = wrong, elsewhere
		f.DebugOff = debugOff
		f.Autostart = err == nil && on
	})
	if moved {
		l.Configure()
	}
}

// lookAtServer reads server.toml. The error is that the folder does not answer.
func (l *look) lookAtServer(p settings.Profile) (gameserver.ServerConfig, error) {
	now, silent := modified(p.Folder)
	if silent == nil && !now.Equal(l.server) {
		l.server = now
		l.log.Info("server_settings_changed", "folder", p.Folder)
		l.Configure()
		l.LookAtPassword()
	}
	own := serverConfig(p.Folder)
	if addressOf(p, own) != l.watched.Get() { // the folder did not answer when the monitor was configured
		l.Configure()
	}
	return own, silent
}

// lookAtClient finds the client's folder and reads its settings. The error is that it is silent.
func (l *look) lookAtClient(set settings.Settings) error {
	// If it was not found, look again when a client appears: it may be new, or running.
	present := l.monitor.Snapshot().Client.Present()
	appeared := present && !l.present && l.folder == ""
	l.present = present
	if !l.searched || l.setFolder != set.Client.Folder || appeared {
		found, err := l.system.Find(l.ctx, set.Client.Folder)
		silent := errors.Is(err, folder.ErrSilent)
		l.searched, l.setFolder, l.folder = !silent, set.Client.Folder, found
		switch {
		case silent:
			return err
		case err == nil:
			l.log.Info("client_found", "folder", found)
		case set.Client.Folder != "" && l.ctx.Err() == nil:
			l.warn("client_not_found", err)
		}
	}
	config, err := clientfolder.ReadConfig(l.folder)
	switch {
	case errors.Is(err, folder.ErrSilent):
		return err
	case err == nil || errors.Is(err, os.ErrNotExist):
		l.config = config
	}
	return nil // what was read last counts while alt:V writes the file
}

// debugOff reports that the client runs without its debug port: debug is off in its
// settings, its process has no -debug flag, and nothing listens.
func (l *look) debugOff() bool {
	if l.monitor.Snapshot().Client.Outcome != debugport.NotRunning || l.config.File == "" || l.config.Debug {
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
