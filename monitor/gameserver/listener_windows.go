package gameserver

import (
	"net/netip"

	connections "github.com/shirou/gopsutil/v4/net"
	"golang.org/x/sys/windows"
)

// onWine is whether this is Wine, where reading the system's table takes half a second.
var onWine = windows.NewLazySystemDLL("ntdll.dll").NewProc("wine_get_version").Find() == nil

// findListeners finds the listening sockets, by their processes.
func findListeners(at netip.AddrPort) (found []listener) {
	if onWine {
		return nil
	}
	all, _ := connections.Connections("tcp")
	for _, c := range all {
		addr, err := netip.ParseAddr(c.Laddr.IP)
		if err == nil && c.Status == "LISTEN" && serves(netip.AddrPortFrom(addr, uint16(c.Laddr.Port)), at) {
			found = append(found, listener(c.Pid))
		}
	}
	return found
}
