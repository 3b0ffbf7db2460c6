package cli

import (
	"bufio"
	"context"
	"fmt"
	"net/netip"
	"time"

	"altv-tray/monitor/simulator"
	"altv-tray/tray/errtext"
)

// Simulate runs a simulated client and game server until ctx ends, steered by standard input.
type Simulate struct {
	Client netip.AddrPort `help:"Address of the client's debug port." default:"127.0.0.1:9223" placeholder:"ADDR"`
	Server netip.AddrPort `help:"Address of the game server." default:"127.0.0.1:7788" placeholder:"ADDR"`
	Folder string         `help:"The server's folder: server.toml is read and server.log written there." placeholder:"DIR" type:"existingdir"`
	Speed  float64        `help:"How many times faster than real everything goes." default:"1" placeholder:"N"`
}

func (c Simulate) Validate() error { return positive("--speed", c.Speed) }

func (c Simulate) Run(ctx context.Context, e *Env) Code {
	world := simulator.New(simulator.Options{Speed: c.Speed, Folder: c.Folder, Event: func(line string) {
		e.print("%s %s", time.Now().Format("15:04:05.000"), line)
	}})
	if err := world.Start(c.Client.String(), c.Server.String()); err != nil {
		return e.fail(Wrong, fmt.Errorf("the simulation cannot start: %w", err))
	}
	go func() {
		for lines := bufio.NewScanner(e.Stdin); lines.Scan(); {
			if err := world.Command(lines.Text()); err != nil {
				e.Say("altv-tray: " + errtext.English(err))
			}
		}
	}()
	<-ctx.Done()
	if err := world.Close(); err != nil {
		return e.fail(Wrong, err)
	}
	return OK
}
