package cli

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"net/netip"
	"os"
	"time"

	"altv-tray/monitor/gameserver"
	"altv-tray/monitor/simulator"
	"altv-tray/tray/errtext"
)

// Simulate runs a simulated client and game server until ctx ends. Lines on standard input
// control them.
type Simulate struct {
	Client netip.AddrPort `help:"Address of the client's debug port." default:"127.0.0.1:9223" placeholder:"ADDR"`
	Server netip.AddrPort `help:"Address of the game server (default: the port in the folder's server.toml, else 127.0.0.1:7788)." placeholder:"ADDR"`
	Folder string         `help:"The server's folder: server.toml is read and server.log written there." placeholder:"DIR" type:"path"`
	Speed  float64        `help:"How many times faster than in reality everything goes." default:"1" placeholder:"N"`
}

func (c Simulate) Validate() error { return positive("--speed", c.Speed) }

func (c Simulate) Run(ctx context.Context, e *Env) Code {
	server := cmp.Or(c.Server, netip.MustParseAddrPort("127.0.0.1:7788")).String()
	if c.Folder != "" {
		// A server runs in its folder too. The tray app finds the folder by that.
		if err := os.Chdir(c.Folder); err != nil {
			return e.report(Usage, fmt.Errorf("--folder cannot be used: %w; make that folder, or name the one where the server's server.toml is", err))
		}
		// The simulator reports a server.toml that cannot be read.
		if config, err := gameserver.ReadConfig(c.Folder); err == nil && !c.Server.IsValid() {
			server = config.TCPAddress()
		}
	}
	world := simulator.New(simulator.Options{Speed: c.Speed, Folder: c.Folder, Event: func(line string) {
		e.print("%s %s", time.Now().Format("15:04:05.000"), line)
	}})
	if err := world.Start(c.Client.String(), server); err != nil {
		return e.report(Wrong, fmt.Errorf("the simulation cannot start: %w", err))
	}
	go func() {
		for lines := bufio.NewScanner(e.Stdin); lines.Scan(); {
			if err := world.Command(lines.Text()); err != nil {
				e.Say("altv-tray: " + errtext.English(err))
			}
		}
	}()
	<-ctx.Done()
	return e.report(Wrong, world.Close())
}
