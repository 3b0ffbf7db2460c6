package doctor

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"altv-tray/monitor/clientfolder"
	"altv-tray/monitor/control"
	"altv-tray/monitor/debugport"
	"altv-tray/monitor/gameserver"
	"altv-tray/monitor/portowner"
	"altv-tray/monitor/problem"
	"altv-tray/settings"
	"altv-tray/tray/surroundings"
)

const (
	lookLimit    = 5 * time.Second
	keyringLimit = 10 * time.Second // the user may have to unlock it
)

// part is a part of the facts. The parts are gathered at the same time, except serverPart: what
// server.toml says is known before all others.
type part uint8

const (
	serverPart part = iota
	ownPart
	clientPart
	desktopPart
	dialPart
	passwordPart
)

// facts is all that the examinations use. It contains no password.
type facts struct {
	Input
	windows  bool
	program  string // this program's file name
	own      ownFacts
	client   clientFacts
	server   serverFacts
	password passwordFacts
	desktop  desktopFacts
}

// ownFacts are about altv-tray itself.
type ownFacts struct {
	noFile   bool  // there is no settings file
	unusable error // why one of its folders or files cannot be written, or nil
	tray     error // of control.Find; nil: the tray app runs
}

// clientFacts are about the alt:V client. On another computer only reading is known.
type clientFacts struct {
	folder     string // empty: not found
	config     clientfolder.Config
	err        error // why config is not known, or nil
	running    []clientfolder.Process
	runningErr error
	reading    debugport.Reading
	owner      portowner.Owner
	ownerErr   error
}

// serverFacts are about the profile's game server.
type serverFacts struct {
	address   string // host:port of its TCP port
	config    gameserver.ServerConfig
	configErr error  // why config is not known; an error too if there is no folder
	dialErr   error  // nil: it accepts connections
	found     string // its folder, if the profile names none
}

// passwordFacts are about the profile's password.
type passwordFacts struct {
	asked   bool  // whether the keyring was asked; it is not if no password is needed
	err     error // of settings.Keyring's Get
	differs bool  // from the password in server.toml
}

// clientIsLocal reports whether the debug port is on this computer.
func (f *facts) clientIsLocal() bool { return settings.IsLoopback(f.Settings.Client.Address) }

// clientExpected reports whether this computer has or should have a client, which is a Windows
// program.
func (f *facts) clientExpected() bool {
	return f.clientIsLocal() && (f.windows || f.Settings.Client.Folder != "" || f.client.folder != "" || f.silentFolder() != "" || len(f.client.running) > 0)
}

// silentFolder returns the client's folder if that does not answer, else "".
func (f *facts) silentFolder() string {
	if e, ok := errors.AsType[*problem.Problem](f.client.err); ok && e.Code == problem.FolderSilent {
		return e.File
	}
	return ""
}

// clientAnswers reports whether alt:V answers on the debug port.
func (f *facts) clientAnswers() bool {
	return f.client.reading.Outcome == debugport.Known || f.client.reading.Outcome == debugport.UnknownWord
}

// gather gathers the facts. It calls complete for each part as soon as that is known, from
// several goroutines but never at the same time.
func gather(ctx context.Context, in Input, complete func(*facts, part)) {
	if in.probes.OS == "" {
		in.probes = system
	}
	f := &facts{Input: in, windows: in.probes.OS == "windows"}
	profile := in.Settings.Active()
	keyringCtx, cancelKeyring := context.WithTimeout(ctx, keyringLimit)
	defer cancelKeyring()
	ctx, cancel := context.WithTimeout(ctx, lookLimit)
	defer cancel()
	if profile.Folder == "" {
		f.server.found = in.System.FindServerFolder(ctx, surroundings.ServerAddress(profile))
	}
	serverPassword := f.server.read(profile)
	if program, err := os.Executable(); err == nil {
		f.program = filepath.Base(program)
	}
	var looks sync.WaitGroup
	var mu sync.Mutex
	look := func(p part, do func()) {
		looks.Go(func() {
			do()
			mu.Lock()
			defer mu.Unlock()
			complete(f, p)
		})
	}
	look(serverPart, func() {}) // in a goroutine, because its examinations may look up addresses
	look(ownPart, func() { f.own = lookAtOwn(in) })
	look(clientPart, func() { f.client = lookAtClient(ctx, in) })
	look(desktopPart, func() {
		if !f.windows {
			f.desktop = in.probes.Desktop(ctx)
		}
	})
	look(dialPart, func() {
		if !f.server.config.UseCDN { // a server with a CDN opens no TCP port
			f.server.dialErr = gameserver.Probe(ctx, f.server.address)
		}
	})
	look(passwordPart, func() {
		if profile.Password == settings.PasswordKeyring && (f.server.configErr != nil || serverPassword != "") {
			stored, err := in.Keyring.Get(keyringCtx, profile.Name)
			f.password = passwordFacts{asked: true, err: err, differs: err == nil && serverPassword != "" && stored != serverPassword}
		}
	})
	looks.Wait()
}

// system are the probes of Run.
var system = probes{PortOwner: portowner.Find, Desktop: lookAtDesktop, OS: runtime.GOOS}

// read reads server.toml, and returns its password, which is not part of the facts.
func (s *serverFacts) read(p settings.Profile) (password string) {
	s.address = p.Server
	folder := cmp.Or(p.Folder, s.found)
	// If the folder does not answer, ReadConfig returns what it has read before.
	if s.config, s.configErr = gameserver.ReadConfig(folder); s.config.File != "" && s.found == "" {
		s.address = s.config.TCPAddress()
	}
	password, _ = gameserver.ReadPassword(folder)
	return password
}

func lookAtClient(ctx context.Context, in Input) (c clientFacts) {
	address := in.Settings.Client.Address
	var wait sync.WaitGroup
	if in.App != nil {
		c.reading = in.App.Client
	}
	if c.reading.Outcome == debugport.Unasked {
		wait.Go(func() {
			c.reading = debugport.New(ctx, address, nil).Status(false)
		})
	}
	if settings.IsLoopback(address) {
		wait.Go(func() { c.owner, c.ownerErr = in.probes.PortOwner(ctx, address) })
		wait.Go(func() { c.running, c.runningErr = in.System.RunningClients() })
		wait.Go(func() {
			if c.folder, c.err = in.System.FindClient(in.Settings.Client.Folder); c.err == nil {
				c.config, c.err = clientfolder.ReadConfig(c.folder)
			}
		})
	}
	wait.Wait()
	return c
}

func lookAtOwn(in Input) (o ownFacts) {
	_, err := os.Stat(in.Paths.Settings)
	o.noFile = errors.Is(err, fs.ErrNotExist)
	for _, folder := range []string{filepath.Dir(in.Paths.Settings), in.Paths.StateDir, in.Paths.CacheDir} {
		o.unusable = cmp.Or(o.unusable, tryFolder(folder))
	}
	o.unusable = cmp.Or(o.unusable, tryFile(in.Log))
	_, o.tray = control.Find(in.Paths.StateDir)
	return o
}

// tryFolder writes a file and removes it, which fails on a full disk too. If the folder does not
// exist, it tries the parent.
func tryFolder(folder string) error {
	if _, err := os.Stat(folder); errors.Is(err, fs.ErrNotExist) && filepath.Dir(folder) != folder {
		return tryFolder(filepath.Dir(folder))
	}
	file, err := os.CreateTemp(folder, ".altv-tray-*.tmp") // errtext shows the folder instead of this name
	if err != nil {
		return err
	}
	_, err = file.Write(make([]byte, 4096))
	return errors.Join(err, file.Close(), os.Remove(file.Name()))
}

// tryFile opens a file for writing and writes nothing. A missing file is no error.
func tryFile(path string) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0)
	switch {
	case err == nil:
		return file.Close()
	case errors.Is(err, fs.ErrNotExist):
		return nil
	}
	return err
}
