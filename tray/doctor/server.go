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
	const id = "server_config"
	p, s := f.settings.Active(), &f.server
	switch {
	case s.found != "":
		return warn(id, "found", "folder", s.found, "profile", p.Name)
	case p.Folder == "" && isElsewhere(s.address):
		return ok(id, "elsewhere", "address", s.address)
	case p.Folder == "":
		return warn(id, "no_folder", "profile", p.Name)
	case errors.Is(s.configErr, folder.ErrSilent):
		return fail(id, "silent", "folder", p.Folder)
	case errors.Is(s.configErr, fs.ErrNotExist):
		return fail(id, "missing", "profile", p.Name, "folder", p.Folder)
	case s.configErr != nil:
		return fail(id, "broken", "problem", s.configErr)
	}
	return ok(id, "fine", "file", s.config.File)
}

// serverDebug: the client's debug port works only with a server that has debug
// mode on (alt:V documentation).
func serverDebug(f *facts) *finding {
	const id = "server_debug"
	switch {
	case f.server.configErr != nil:
		return nil // server_config says what to do
	case f.server.config.Debug:
		return ok(id, "on", "file", f.server.config.File)
	}
	return fail(id, "off", "file", f.server.config.File)
}

// isElsewhere: the server is on another computer, so it has no folder here.
func isElsewhere(address string) bool {
	_, port, _ := net.SplitHostPort(address)
	here, _ := clientfolder.SameServer(address, net.JoinHostPort("127.0.0.1", port))
	return !here
}

func serverUp(f *facts) *finding {
	const id = "server_up"
	s := &f.server
	switch {
	case s.config.UseCDN:
		return ok(id, "not_known", "address", s.address)
	case s.dialErr == nil:
		return ok(id, "up", "address", s.address)
	case gameserver.Refused(s.dialErr):
		return fail(id, "down", "address", s.address)
	case errors.Is(s.dialErr, gameserver.ErrNobodyBehind):
		return fail(id, "empty", "address", s.address)
	case isTimeout(s.dialErr):
		return fail(id, "silent", "address", s.address)
	}
	return fail(id, "no_way", "address", s.address, "problem", s.dialErr)
}

func isTimeout(err error) bool {
	var network net.Error // context.DeadlineExceeded is one too
	return errors.As(err, &network) && network.Timeout()
}

// serverCDN: with a CDN the server opens no TCP port (alt:V documentation).
func serverCDN(f *facts) *finding {
	const id = "server_cdn"
	p := f.settings.Active()
	switch {
	case f.server.configErr != nil:
		return nil
	case !f.server.config.UseCDN:
		return ok(id, "off")
	case p.Ready == settings.ReadyPort:
		return warn(id, "port_tells_nothing", "profile", p.Name)
	}
	return ok(id, "other_source", "ready", string(p.Ready))
}

// serverSignal is about a server that the game mode says is ready.
func serverSignal(f *facts) *finding {
	const id = "server_signal"
	p := f.settings.Active()
	switch {
	case p.Ready != settings.ReadySignal:
		return nil
	case f.app == nil:
		return ok(id, "fine")
	}
	switch f.app.Server {
	case problem.SignalMissing:
		return fail(id, "missing", "profile", p.Name)
	case problem.WaitsForSignal, problem.OpenWithoutSignal:
		return warn(id, "waits", "profile", p.Name)
	}
	return ok(id, "fine")
}

// serverAuth: with early auth a player logs in on a web page before the join
// (alt:V documentation).
func serverAuth(f *facts) *finding { return f.delays("server_auth", f.server.config.UseEarlyAuth) }

// serverQueue: the game mode decides when players get in (alt:V documentation).
func serverQueue(f *facts) *finding { return f.delays("server_queue", f.server.config.ConnectionQueue) }

// delays judges an option of the server with which a join may take long.
func (f *facts) delays(id string, on bool) *finding {
	switch {
	case f.server.configErr != nil:
		return nil
	case on:
		return warn(id, "on", "time", f.settings.AutoReconnect.JoinTimeout.Std())
	}
	return ok(id, "off")
}

// wrongServer compares with the client's last server, where it goes (alt:V documentation).
func wrongServer(f *facts) *finding {
	const id = "wrong_server"
	last, s := f.client.config.LastIP, &f.server
	same, _ := clientfolder.SameServer(last, s.address, s.config.CDN())
	switch {
	case !f.clientKnown() || f.client.configErr != nil:
		return nil
	case strings.TrimSpace(last) == "":
		return warn(id, "nowhere", "server", s.address)
	case same:
		return ok(id, "same", "address", clientfolder.Shown(last))
	}
	return warn(id, "other_server", "address", clientfolder.Shown(last), "server", s.address)
}
