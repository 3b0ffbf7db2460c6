package cli

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"math"
	"net"
	"os"
	"strconv"
	"time"

	"altv-tray/monitor/simulator"
	"altv-tray/tray/errtext"
)

// Simulate runs a simulated client and game server until ctx ends. Lines on
// standard input steer it; that they end does not end it.
func (e *Env) Simulate(ctx context.Context, client, server, folder string, speed float64) Code {
	if math.IsNaN(speed) || math.IsInf(speed, 0) || speed <= 0 {
		return e.fail(Usage, fmt.Errorf("--speed must be above 0, is %g", speed))
	}
	if err := cmp.Or(checkListen("--client", client), checkListen("--server", server)); err != nil {
		return e.fail(Usage, err)
	}
	if folder != "" {
		if info, err := os.Stat(folder); err != nil || !info.IsDir() {
			return e.fail(Usage, fmt.Errorf("--folder %s is not a folder", folder))
		}
	}
	world := simulator.New(simulator.Options{Speed: speed, Folder: folder, Event: func(line string) {
		e.print("%s %s", time.Now().Format("15:04:05.000"), line)
	}})
	if err := world.Start(client, server); err != nil {
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

// checkListen: port 0 lets the system pick one.
func checkListen(flag, address string) error {
	_, port, err := net.SplitHostPort(address)
	if err == nil {
		_, err = strconv.ParseUint(port, 10, 16)
	}
	if err != nil {
		return fmt.Errorf("%s must be an address with a port, as 127.0.0.1:9223, is %q", flag, address)
	}
	return nil
}
