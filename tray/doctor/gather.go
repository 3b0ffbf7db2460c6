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
)

const (
	lookLimit    = 5 * time.Second
	keyringLimit = 10 * time.Second // the user may have to unlock it
)

var errNotLooked = errors.New("it was not looked at")

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
	f := &facts{windows: in.Probes.OS == "windows", settings: in.Settings, app: in.App}
	profile := in.Settings.Active()
	keyringCtx, cancelKeyring := context.WithTimeout(ctx, keyringLimit)
	defer cancelKeyring()
	ctx, cancel := context.WithTimeout(ctx, lookLimit)
	defer cancel()
	var wanted string // the server's password
	if profile.Folder == "" && in.ServerFolder != nil {
		f.server.found = in.ServerFolder(ctx)
	}
	f.server, wanted = readServer(profile, f.server.found)
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
			f.server.dialErr = gameserver.Look(ctx, f.server.address)
		}
	})
	look(passwordPart, func() {
		if profile.Password == settings.PasswordKeyring && (f.server.configErr != nil || wanted != "") {
			f.password = askKeyring(keyringCtx, in.Keyring, profile.Name, wanted)
		}
	})
	looks.Wait()
}

// system are the real Probes.
var system = Probes{
	ClientFolder: clientfolder.Find, Running: clientfolder.Running,
	PortOwner: portowner.Find, Desktop: lookAtDesktop, OS: runtime.GOOS,
}

// readServer reads the server's own settings and, apart from them, the password,
// which gets no further than the comparison.
func readServer(p settings.Profile, found string) (s serverFacts, password string) {
	s.address, s.found = p.Server, found
	folder := cmp.Or(p.Folder, found)
	// For a folder that does not answer, this is what was read last.
	if s.config, s.configErr = gameserver.ReadConfig(folder); s.config.File != "" && found == "" {
		s.address = s.config.TCPAddress()
	}
	if s.config.HasPassword {
		password, _ = gameserver.ReadPassword(folder)
	}
	return s, password
}

// askKeyring compares with the password that the server wants, if that is known.
func askKeyring(ctx context.Context, keyring settings.Keyring, profile, wanted string) passwordFacts {
	stored, err := keyring.Get(ctx, profile)
	return passwordFacts{asked: true, err: err, differs: err == nil && wanted != "" && stored != wanted}
}

func lookAtClient(ctx context.Context, in Input) clientFacts {
	address, probes := in.Settings.Client.Address, in.Probes
	c := clientFacts{folderErr: errNotLooked, configErr: errNotLooked, runningErr: errNotLooked, ownerErr: errNotLooked}
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
		wait.Go(func() { c.owner, c.ownerErr = probes.PortOwner(ctx, address) })
		wait.Go(func() { c.running, c.runningErr = probes.Running(ctx) })
		wait.Go(func() {
			if c.folder, c.folderErr = probes.ClientFolder(ctx, in.Settings.Client.Folder); c.folderErr == nil {
				c.config, c.configErr = clientfolder.ReadConfig(c.folder)
			}
		})
	}
	wait.Wait()
	return c
}

func lookAtOwn(in Input) ownFacts {
	o := ownFacts{file: in.Paths.Settings, problem: in.Problem, control: filepath.Join(in.Paths.StateDir, control.FileName)}
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
	for {
		_, err := os.Stat(folder)
		parent := filepath.Dir(folder)
		if !errors.Is(err, fs.ErrNotExist) || parent == folder {
			break
		}
		folder = parent
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
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return file.Close()
}
