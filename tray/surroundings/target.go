package surroundings

import (
	"context"
	"errors"
	"net"
	"strings"

	"altv-tray/monitor"
	"altv-tray/monitor/debugport"
	"altv-tray/monitor/gameserver"
	"altv-tray/settings"
)

// Target makes of settings what the monitor works with.
func Target(s settings.Settings, keyring settings.Keyring) monitor.Target {
	p := s.Active()
	return targetAt(ServerAddress(p), s, nil, func(ctx context.Context) (string, monitor.Reason) {
		return password(ctx, p,
			func(ctx context.Context, p settings.Profile) (string, error) { return keyring.Get(ctx, p.Name) },
			func(ctx context.Context, p settings.Profile) string {
				return gameserver.FindFolder(ctx, numeric(p.Server))
			})
	})
}

func targetAt(address string, s settings.Settings, dial debugport.DialFunc, password func(context.Context) (string, monitor.Reason)) monitor.Target {
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
			return gameserver.New(gameserver.Config{Source: gameserver.Source(p.Ready), Address: address, Folder: p.Folder, Dial: dial}, tell)
		},
		Password: password,
	}
}

// ServerAddress is the profile's TCP address: that of server.toml, if the profile's folder has
// one. While the folder does not answer, the last one counts.
func ServerAddress(p settings.Profile) string { return addressOf(p, serverConfig(p.Folder)) }

func addressOf(p settings.Profile, own gameserver.ServerConfig) string {
	if own.File != "" {
		return own.TCPAddress()
	}
	return numeric(p.Server)
}

// ClientAddress is where the client's debug port is asked.
func ClientAddress(s settings.Settings) string { return numeric(s.Client.Address) }

// serverConfig is what server.toml says in a folder; without a File if there is none.
func serverConfig(folder string) gameserver.ServerConfig {
	c, _ := gameserver.ReadConfig(folder)
	return c
}

// numeric avoids a look-up: localhost may mean ::1 first, where nothing of alt:V listens.
func numeric(address string) string {
	if host, port, err := net.SplitHostPort(address); err == nil && strings.EqualFold(host, "localhost") {
		return net.JoinHostPort("127.0.0.1", port)
	}
	return address
}

// password reads what the server is to be sent. The keyring is not asked if server.toml has no
// password. If nothing is stored it is empty, as most development servers have none, unless
// server.toml has a password. Stored reads the keyring, and find finds the folder of a server whose
// profile names none.
func password(ctx context.Context, p settings.Profile, stored func(context.Context, settings.Profile) (string, error), find func(context.Context, settings.Profile) string) (string, monitor.Reason) {
	if p.Password == settings.PasswordNone {
		return "", monitor.NoReason
	}
	if p.Folder == "" {
		p.Folder = find(ctx, p)
	}
	own := serverConfig(p.Folder)
	if own.File != "" && !own.HasPassword {
		return "", monitor.NoReason
	}
	text, err := stored(ctx, p)
	switch {
	case err == nil:
		return text, monitor.NoReason
	case errors.Is(err, settings.ErrNotStored) && !own.HasPassword:
		return "", monitor.NoReason
	case errors.Is(err, settings.ErrNotStored):
		return "", monitor.PasswordMissing
	case errors.Is(err, settings.ErrNoKeyring):
		return "", monitor.KeyringMissing
	case errors.Is(err, settings.ErrNotText):
		return "", monitor.PasswordNotText
	}
	return "", monitor.KeyringLocked
}
