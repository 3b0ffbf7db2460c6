package surroundings

import (
	"context"
	"errors"
	"os"
	"runtime"
	"slices"
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
	*Watcher
	folder    string // the client's; empty: not found
	setFolder string // what the settings named when it was looked for
	searched  bool
	present   bool                // a client was on the port at the last look
	config    clientfolder.Config // the client's; without a File: there is none
	processes time.Time           // when they were last looked through
}

// all takes one look at everything.
func (l *look) all(ctx context.Context, set settings.Settings) {
	p := set.Active()
	own, serverErr := gameserver.ReadConfig(p.Folder)
	if own != l.server.Get() {
		l.Configure()
	}
	if ctx.Err() != nil {
		return
	}
	clientSilent := l.lookAtClient(set)
	found, wrong := l.foundOf(p).folder, ""
	withPassword := own.HasPassword || serverConfig(found).HasPassword
	same, elsewhere := clientfolder.SameServer(l.config.LastIP, addressOf(p, own), own.CDNURL)
	if l.config.File != "" && !same {
		wrong = clientfolder.Redact(l.config.LastIP)
	}
	moved := elsewhere != l.Facts().Elsewhere
	debugOff := l.debugOff()
	on, err := l.system.Autostart()
	l.facts.Update(func(f *Facts) {
		f.ServerHasPassword, f.FoundFolder = withPassword, found
		f.ServerDebugOff = own.File != "" && !own.Debug
		f.ClientFolder = l.folder
		f.CanStartClient = l.folder != "" && runtime.GOOS == "windows"
		f.ClientDebugOff = l.config.File != "" && !l.config.Debug
		f.ServerSilent, f.ClientSilent = errors.Is(serverErr, folder.ErrSilent), clientSilent
		f.NoServerFile = p.Folder != "" && own.Modified.IsZero() && !f.ServerSilent
		f.WrongServer, f.Elsewhere = wrong, elsewhere
		f.RunsWithoutDebug = debugOff
		f.Autostart = err == nil && on
	})
	if moved {
		l.Configure()
	}
}

// lookAtClient finds the client's folder and reads its settings, or reports that it is silent.
func (l *look) lookAtClient(set settings.Settings) (silent bool) {
	// If it was not found, look again when a client appears: it may be new, or running.
	present := l.monitor.Snapshot().Client.Present()
	appeared := present && !l.present && l.folder == ""
	l.present = present
	if !l.searched || l.setFolder != set.Client.Folder || appeared {
		found, err := l.system.FindClient(set.Client.Folder)
		silent = errors.Is(err, folder.ErrSilent)
		l.searched, l.setFolder, l.folder = !silent, set.Client.Folder, found
		switch {
		case silent:
			return true
		case err == nil:
			l.log.Info("client_found", "folder", found)
		case set.Client.Folder != "":
			l.warn("client_not_found", err)
		}
	}
	config, err := clientfolder.ReadConfig(l.folder)
	if err == nil || errors.Is(err, os.ErrNotExist) { // else what was read last counts: alt:V may be writing the file
		l.config = config
	}
	return errors.Is(err, folder.ErrSilent)
}

// debugOff reports that the client runs without its debug port: debug is off in its
// settings, its process has no -debug flag, and nothing listens.
func (l *look) debugOff() bool {
	if l.monitor.Snapshot().Client.Outcome != debugport.NotRunning || l.config.File == "" || l.config.Debug {
		return false
	}
	if time.Since(l.processes) < processesEvery {
		return l.Facts().RunsWithoutDebug
	}
	l.processes = time.Now()
	all, _ := l.system.RunningClients()
	return slices.ContainsFunc(all, func(p clientfolder.Process) bool { return !p.HasDebugFlag })
}
