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
	"altv-tray/settings"
	"altv-tray/tray/surroundings"
)

const (
	lookLimit    = 5 * time.Second
	keyringLimit = 10 * time.Second // the user may have to unlock it
)

// part is a part of the facts that is gathered by itself. The first is what
// server.toml says, which is there with each of the others.
type part uint8

const (
	serverPart part = iota
	ownPart
	clientPart
	desktopPart
	dialPart
	passwordPart
)

// gather looks at everything, at all that may take long at the same time. It calls
// complete, once at a time, for each part of the facts that is.
func gather(ctx context.Context, in Input, complete func(*facts, part)) {
	if in.Probes.OS == "" {
		in.Probes = system
	}
	f := &facts{Input: in, windows: in.Probes.OS == "windows"}
	profile := in.Settings.Active()
	keyringCtx, cancelKeyring := context.WithTimeout(ctx, keyringLimit)
	defer cancelKeyring()
	ctx, cancel := context.WithTimeout(ctx, lookLimit)
	defer cancel()
	if profile.Folder == "" {
		f.server.found = in.System.FindServerFolder(ctx, surroundings.ServerAddress(profile))
	}
	wanted := f.server.read(profile)
	if program, err := os.Executable(); err == nil {
		f.program = filepath.Base(program)
	}
	var looks sync.WaitGroup
	var one sync.Mutex
	look := func(p part, do func()) {
		looks.Go(func() {
			do()
			one.Lock()
			defer one.Unlock()
			complete(f, p)
		})
	}
	look(serverPart, func() {}) // beside the others, as judging it may ask the system for all addresses
	look(ownPart, func() { f.own = lookAtOwn(in) })
	look(clientPart, func() { f.client = lookAtClient(ctx, in) })
	look(desktopPart, func() { f.desktop = in.Probes.Desktop(ctx) })
	look(dialPart, func() {
		if !f.server.config.UseCDN { // else it opens no TCP port
			f.server.dialErr = gameserver.Probe(ctx, f.server.address)
		}
	})
	look(passwordPart, func() {
		if profile.Password == settings.PasswordKeyring && (f.server.configErr != nil || wanted != "") {
			stored, err := in.Keyring.Get(keyringCtx, profile.Name)
			f.password = passwordFacts{asked: true, err: err, differs: err == nil && wanted != "" && stored != wanted}
		}
	})
	looks.Wait()
}

// system are the real Probes.
var system = Probes{PortOwner: portowner.Find, Desktop: lookAtDesktop, OS: runtime.GOOS}

// read reads the server's own settings and, apart from them, the password,
// which gets no further than the comparison.
func (s *serverFacts) read(p settings.Profile) (password string) {
	s.address = p.Server
	folder := cmp.Or(p.Folder, s.found)
	// For a folder that does not answer, this is what was read last.
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
		wait.Go(func() { c.owner, c.ownerErr = in.Probes.PortOwner(ctx, address) })
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

// tryFolder writes a file and removes it, which also finds a full disk. For a missing folder it
// tries the one in which that would be made.
func tryFolder(folder string) error {
	if _, err := os.Stat(folder); errors.Is(err, fs.ErrNotExist) && filepath.Dir(folder) != folder {
		return tryFolder(filepath.Dir(folder))
	}
	file, err := os.CreateTemp(folder, ".altv-tray-*.tmp") // errtext names the folder in its place
	if err != nil {
		return err
	}
	_, err = file.Write(make([]byte, 4096))
	return errors.Join(err, file.Close(), os.Remove(file.Name()))
}

// tryFile opens a file for writing and writes nothing. It may be missing.
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
