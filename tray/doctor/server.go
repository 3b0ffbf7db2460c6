package doctor

import (
	"errors"
	"io/fs"
	"net"
	"strings"

	"altv-tray/monitor/clientfolder"
	"altv-tray/monitor/folder"
	"altv-tray/monitor/gameserver"
	"altv-tray/monitor/problem"
	"altv-tray/settings"
)

func serverConfig(f *facts) *finding {
	p, s := f.Settings.Active(), &f.server
	switch {
	case s.found != "":
		return warn("found", "folder", s.found, "profile", p.Name)
	case p.Folder == "" && isRemote(s.address):
		return ok("elsewhere", "address", s.address)
	case p.Folder == "":
		return warn("no_folder", "profile", p.Name)
	case errors.Is(s.configErr, folder.ErrSilent):
		return fail("silent", "folder", p.Folder)
	case errors.Is(s.configErr, fs.ErrNotExist):
		return fail("missing", "profile", p.Name, "folder", p.Folder)
	case s.configErr != nil:
		return fail("broken", "problem", s.configErr)
	}
	return ok("fine", "file", s.config.File)
}

// serverDebug checks the server's debug mode, without which the client's debug port does not work
// (alt:V documentation).
func serverDebug(f *facts) *finding {
	switch {
	case f.server.configErr != nil:
		return nil // server_config has the advice
	case f.server.config.Debug:
		return ok("on", "file", f.server.config.File)
	}
	return fail("off", "file", f.server.config.File)
}

// isRemote reports whether the server is on another computer, so that it has no folder here.
func isRemote(address string) bool {
	_, port, _ := net.SplitHostPort(address)
	here, _ := clientfolder.SameServer(address, net.JoinHostPort("127.0.0.1", port))
	return !here
}

func serverUp(f *facts) *finding {
	s := &f.server
	switch {
	case s.config.UseCDN:
		return ok("not_known", "address", s.address)
	case s.dialErr == nil:
		return ok("up", "address", s.address)
	case gameserver.Refused(s.dialErr):
		return fail("down", "address", s.address)
	case errors.Is(s.dialErr, gameserver.ErrNoBackend):
		return fail("empty", "address", s.address)
	case isTimeout(s.dialErr):
		return fail("silent", "address", s.address)
	}
	return fail("no_way", "address", s.address, "problem", s.dialErr)
}

func isTimeout(err error) bool {
	network, ok := errors.AsType[net.Error](err) // context.DeadlineExceeded is one too
	return ok && network.Timeout()
}

// serverCDN checks the use of a CDN, with which the server opens no TCP port (alt:V documentation).
func serverCDN(f *facts) *finding {
	p := f.Settings.Active()
	switch {
	case f.server.configErr != nil:
		return nil
	case !f.server.config.UseCDN:
		return ok("off")
	case p.Ready == settings.ReadyPort:
		return warn("port_tells_nothing", "profile", p.Name)
	}
	return ok("other_source", "ready", string(p.Ready))
}

// serverSignal checks whether the game mode has signalled that the server is ready.
func serverSignal(f *facts) *finding {
	p := f.Settings.Active()
	switch {
	case p.Ready != settings.ReadySignal:
		return nil
	case f.App == nil:
		return ok("fine")
	}
	switch f.App.Server {
	case problem.SignalMissing:
		return fail("missing", "profile", p.Name)
	case problem.WaitsForSignal, problem.OpenWithoutSignal:
		return warn("waits", "profile", p.Name)
	}
	return ok("fine")
}

// serverAuth checks early auth, with which a player logs in on a web page before the join (alt:V
// documentation).
func serverAuth(f *facts) *finding { return f.joinDelay(f.server.config.UseEarlyAuth) }

// serverQueue checks the connection queue, with which the game mode decides when players get in
// (alt:V documentation).
func serverQueue(f *facts) *finding { return f.joinDelay(f.server.config.ConnectionQueue) }

// joinDelay examines an option of the server that may delay a join.
func (f *facts) joinDelay(on bool) *finding {
	switch {
	case f.server.configErr != nil:
		return nil
	case on:
		return warn("on", "time", f.Settings.AutoReconnect.JoinTimeout)
	}
	return ok("off")
}

// wrongServer compares the profile's server with the client's last server, to which a reconnect
// goes (alt:V documentation).
func wrongServer(f *facts) *finding {
	last, s := f.client.config.LastIP, &f.server
	same, _ := clientfolder.SameServer(last, s.address, s.config.CDNURL)
	switch {
	case !f.clientExpected() || f.client.err != nil:
		return nil
	case strings.TrimSpace(last) == "":
		return warn("nowhere", "server", s.address)
	case same:
		return ok("same", "address", clientfolder.Redact(last))
	}
	return warn("other_server", "address", clientfolder.Redact(last), "server", s.address)
}
