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
	case p.Folder == "" && isElsewhere(s.address):
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

// serverDebug: the client's debug port works only with a server that has debug
// mode on (alt:V documentation).
func serverDebug(f *facts) *finding {
	switch {
	case f.server.configErr != nil:
		return nil // server_config says what to do
	case f.server.config.Debug:
		return ok("on", "file", f.server.config.File)
	}
	return fail("off", "file", f.server.config.File)
}

// isElsewhere: the server is on another computer, so it has no folder here.
func isElsewhere(address string) bool {
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

// serverCDN: with a CDN the server opens no TCP port (alt:V documentation).
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

// serverSignal is about a server that the game mode says is ready.
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

// serverAuth: with early auth a player logs in on a web page before the join
// (alt:V documentation).
func serverAuth(f *facts) *finding { return f.delays(f.server.config.UseEarlyAuth) }

// serverQueue: the game mode decides when players get in (alt:V documentation).
func serverQueue(f *facts) *finding { return f.delays(f.server.config.ConnectionQueue) }

// delays judges an option of the server with which a join may take long.
func (f *facts) delays(on bool) *finding {
	switch {
	case f.server.configErr != nil:
		return nil
	case on:
		return warn("on", "time", f.Settings.AutoReconnect.JoinTimeout)
	}
	return ok("off")
}

// wrongServer compares with the client's last server, where it goes (alt:V documentation).
func wrongServer(f *facts) *finding {
	last, s := f.client.config.LastIP, &f.server
	same, _ := clientfolder.SameServer(last, s.address, s.config.CDNURL)
	switch {
	case !f.clientKnown() || f.client.err != nil:
		return nil
	case strings.TrimSpace(last) == "":
		return warn("nowhere", "server", s.address)
	case same:
		return ok("same", "address", clientfolder.Redact(last))
	}
	return warn("other_server", "address", clientfolder.Redact(last), "server", s.address)
}
