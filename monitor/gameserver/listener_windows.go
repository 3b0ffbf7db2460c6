package gameserver

import (
	"context"
	"net/netip"

	"altv-tray/monitor/portowner"
)

// findListeners finds the listening sockets, by their processes.
func findListeners(at netip.AddrPort) (found []listener) {
	all, _ := portowner.Listeners(context.Background()) // none with an error
	for _, l := range all {
		if serves(l.Local, at) {
			found = append(found, listener(l.PID))
		}
	}
	return found
}
