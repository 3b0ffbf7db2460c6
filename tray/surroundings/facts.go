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

// Facts is what is known besides the monitor's snapshot and the settings. In the zero value
// nothing is known.
type Facts struct {
	Autostart bool // altv-tray starts at login

	NoServerFile bool // the profile's folder holds no server.toml
	ServerSilent bool // the profile's folder does not answer
	ClientSilent bool // the client's folder does not answer

	Password          Password
	ServerHasPassword bool // server.toml holds a password
	ServerDebugOff    bool // server.toml has debug mode off, so it can be switched on

	FoundFolder string // the server's folder that was found, if the profile names none

	ClientFolder     string // where the client is installed; empty: it was not found
	CanStartClient   bool   // the client was found, on a system that it runs on
	RunsWithoutDebug bool   // the client runs, but not in debug mode
	ClientDebugOff   bool   // the client's settings have debug mode off, so it can be switched on
	WrongServer      string // the server that the client will join, if it is not the profile's
	Elsewhere        bool   // WrongServer is certainly on another computer
}

// MissesPassword reports whether server.toml has a password and the keyring has none.
func (f *Facts) MissesPassword() bool { return f.Password == PasswordMissing && f.ServerHasPassword }

// Password is what the keyring had for the profile when it was last read.
type Password uint8

// The values of Password.
const (
	PasswordUnknown Password = iota // the keyring was not read, or could not be
	PasswordMissing                 // the keyring has none
	PasswordStored
	PasswordDiffers // it is another one than in server.toml
)

// processesEvery is how often the processes are listed while nothing is on the debug port.
const processesEvery = 15 * time.Second

// inspector updates the Facts. It belongs to the goroutine of Run.
type inspector struct {
	*Watcher
	folder    string // the client's; empty: it was not found
	setFolder string // the folder in the settings when the client was searched
	searched  bool
	present   bool                // a client was on the debug port last time
	config    clientfolder.Config // the client's; without a File if there is none
	processes time.Time           // when the processes were last listed
}

// inspect updates all Facts but Password.
func (i *inspector) inspect(ctx context.Context, set settings.Settings) {
	p := set.Active()
	server, serverErr := gameserver.ReadConfig(p.Folder)
	if server != i.server.Get() {
		i.Configure()
	}
	if ctx.Err() != nil {
		return
	}
	clientSilent := i.inspectClient(set)
	found, wrong := i.foundFor(p).folder, ""
	hasPassword := server.HasPassword || serverConfig(found).HasPassword
	same, elsewhere := clientfolder.SameServer(i.config.LastIP, addressOf(p, server), server.CDNURL)
	if i.config.File != "" && !same {
		wrong = clientfolder.Redact(i.config.LastIP)
	}
	moved := elsewhere != i.Facts().Elsewhere
	withoutDebug := i.runsWithoutDebug()
	on, err := i.system.Autostart()
	i.facts.Update(func(f *Facts) {
		f.ServerHasPassword, f.FoundFolder = hasPassword, found
		f.ServerDebugOff = server.File != "" && !server.Debug
		f.ClientFolder = i.folder
		f.CanStartClient = i.folder != "" && runtime.GOOS == "windows"
		f.ClientDebugOff = i.config.File != "" && !i.config.Debug
		f.ServerSilent, f.ClientSilent = errors.Is(serverErr, folder.ErrSilent), clientSilent
		f.NoServerFile = p.Folder != "" && server.Modified.IsZero() && !f.ServerSilent
		f.WrongServer, f.Elsewhere = wrong, elsewhere
		f.RunsWithoutDebug = withoutDebug
		f.Autostart = err == nil && on
	})
	if moved {
		i.Configure()
	}
}

// inspectClient finds the client's folder and reads its settings. It reports whether the folder
// does not answer.
func (i *inspector) inspectClient(set settings.Settings) (silent bool) {
	// A client that was not found is searched again when one appears: it may be new, or running.
	present := i.monitor.Snapshot().Client.Present()
	appeared := present && !i.present && i.folder == ""
	i.present = present
	if !i.searched || i.setFolder != set.Client.Folder || appeared {
		found, err := i.system.FindClient(set.Client.Folder)
		silent = errors.Is(err, folder.ErrSilent)
		i.searched, i.setFolder, i.folder = !silent, set.Client.Folder, found
		switch {
		case silent:
			return true
		case err == nil:
			i.log.Info("client_found", "folder", found)
		case set.Client.Folder != "":
			i.warn("client_not_found", err)
		}
	}
	config, err := clientfolder.ReadConfig(i.folder)
	if err == nil || errors.Is(err, os.ErrNotExist) { // else the last config stays: alt:V may be writing the file
		i.config = config
	}
	return errors.Is(err, folder.ErrSilent)
}

// runsWithoutDebug reports whether the client runs without its debug port: debug is off in its
// settings, its process has no -debug flag, and nothing listens.
func (i *inspector) runsWithoutDebug() bool {
	if i.monitor.Snapshot().Client.Outcome != debugport.NotRunning || i.config.File == "" || i.config.Debug {
		return false
	}
	if time.Since(i.processes) < processesEvery {
		return i.Facts().RunsWithoutDebug
	}
	i.processes = time.Now()
	all, _ := i.system.RunningClients()
	return slices.ContainsFunc(all, func(p clientfolder.Process) bool { return !p.HasDebugFlag })
}
