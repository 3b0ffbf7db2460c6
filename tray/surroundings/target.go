package surroundings

import (
	"context"
	"net"
	"net/netip"
	"strings"

	"altv-tray/monitor"
	"altv-tray/monitor/gameserver"
	"altv-tray/settings"
)

// Target returns what a monitor needs to work with these settings. It is for a program that runs
// no Watcher.
func Target(s settings.Settings, keyring settings.Keyring) monitor.Target {
	p := s.Active()
	return newTarget(ServerAddress(p), s, newWatcher, func(ctx context.Context) (string, monitor.Reason) {
		return password(ctx, p,
			func(ctx context.Context, p settings.Profile) (string, error) { return keyring.Get(ctx, p.Name) },
			func(ctx context.Context, p settings.Profile) string {
				return gameserver.FindFolder(ctx, numeric(p.Server))
			})
	})
}

// target is like Target, but uses and updates what the Watcher knows: a reconnect does not search
// the server's folder each time.
func (w *Watcher) target(set settings.Settings) monitor.Target {
	p := set.Active()
	server := serverConfig(p.Folder)
	w.server.Set(server)
	t := newTarget(addressOf(p, server), set, w.system.NewWatcher, func(ctx context.Context) (string, monitor.Reason) {
		return password(ctx, p, w.readPassword, func(ctx context.Context, p settings.Profile) string { return w.FindServerFolder(ctx, p, false) })
	})
	t.Config.Elsewhere = w.Facts().Elsewhere
	return t
}

// watcherFunc returns the watcher of the game server.
type watcherFunc = func(cfg gameserver.Config, tell func(monitor.ServerFact)) monitor.Watcher

func newWatcher(cfg gameserver.Config, tell func(monitor.ServerFact)) monitor.Watcher {
	return gameserver.New(cfg, tell)
}

func newTarget(address string, s settings.Settings, newWatcher watcherFunc, password func(context.Context) (string, monitor.Reason)) monitor.Target {
	p, auto := s.Active(), s.AutoReconnect
	return monitor.Target{
		Config: monitor.Config{
			Profile:     p.Name,
			Server:      address + " " + p.Folder,
			Ready:       string(p.Ready),
			Client:      ClientAddress(s),
			Auto:        auto.Enabled,
			OnLaunch:    auto.OnLaunch,
			OnDrop:      auto.WhenDropped == settings.DroppedAlways, // with the server down its next start brings the client back
			Delay:       auto.Delay,
			Attempts:    auto.Attempts,
			JoinTimeout: auto.JoinTimeout,
			ReadyDelay:  p.ReadyDelay,
		},
		NewWatcher: func(tell func(monitor.ServerFact)) monitor.Watcher {
			return newWatcher(gameserver.Config{Source: gameserver.Source(p.Ready), Address: address, Folder: p.Folder}, tell)
		},
		Password: password,
	}
}

// ServerAddress returns the TCP address of the profile's server: that of server.toml, if the
// profile's folder has one, else the profile's. While the folder does not answer, the last
// server.toml counts.
func ServerAddress(p settings.Profile) string { return addressOf(p, serverConfig(p.Folder)) }

func addressOf(p settings.Profile, server gameserver.ServerConfig) string {
	if server.File != "" {
		return server.TCPAddress()
	}
	return numeric(p.Server)
}

// ClientAddress returns the address of the client's debug port.
func ClientAddress(s settings.Settings) string { return numeric(s.Client.Address) }

// serverConfig returns the server.toml of a folder; without a File if there is none.
func serverConfig(folder string) gameserver.ServerConfig {
	c, _ := gameserver.ReadConfig(folder)
	return c
}

// numeric writes an address in the one way that all its spellings share, as they are one client, which
// has one app. It replaces localhost, which may mean ::1 first, where nothing of alt:V listens.
func numeric(address string) string {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return address
	}
	if strings.EqualFold(host, "localhost") {
		host = "127.0.0.1"
	}
	if ip, err := netip.ParseAddr(host); err == nil {
		host = ip.Unmap().String()
	}
	return net.JoinHostPort(host, strings.TrimLeft(port, "0"))
}
