// Package portowner finds the program that listens on a TCP port of this computer.
package portowner

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"slices"

	connections "github.com/shirou/gopsutil/v4/net"
	"github.com/shirou/gopsutil/v4/process"

	"altv-tray/monitor/folder"
)

// Owner is the program that listens on a port. The zero value: no program listens.
type Owner struct {
	PID  int32
	Name string // of its file, without the folder; empty if it is not known
}

// Find finds the program that listens on an address of this computer. It returns when ctx ends, even
// if the system does not answer: Wine may need a minute for its table of connections.
func Find(ctx context.Context, address string) (Owner, error) {
	return folder.Until(ctx, func() (Owner, error) { return find(ctx, address) })
}

func find(ctx context.Context, address string) (Owner, error) {
	at, err := net.ResolveTCPAddr("tcp", address)
	if err != nil {
		return Owner{}, err
	}
	all, err := connections.ConnectionsWithContext(ctx, "tcp") // the variant without user ids does not exist on Windows
	if err != nil {
		return Owner{}, fmt.Errorf("finding out who listens on %s: %w", address, err)
	}
	pid, found := pick(all, at.AddrPort())
	switch {
	case !found:
		return Owner{}, nil
	case pid == 0: // on Linux, a program of another user, unless we are root
		return Owner{}, fmt.Errorf("the system does not tell who listens on %s", address)
	}
	owner := Owner{PID: pid}
	if p, err := process.NewProcessWithContext(ctx, pid); err == nil {
		owner.Name, _ = p.NameWithContext(ctx) // under Wine, that of the Windows program
	}
	return owner, nil
}

// pick finds the process that gets the connections to an address. A process that listens on all
// addresses gets them only if no other listens on that very address; all of IPv6 may include IPv4.
func pick(all []connections.ConnectionStat, at netip.AddrPort) (pid int32, found bool) {
	wanted := at.Addr().Unmap()
	places := []netip.Addr{wanted, netip.IPv6Unspecified()}
	if wanted.Is4() {
		places = slices.Insert(places, 1, netip.IPv4Unspecified())
	}
	for _, place := range places {
		for _, c := range all {
			addr, err := netip.ParseAddr(c.Laddr.IP)
			if err == nil && c.Status == "LISTEN" && c.Laddr.Port == uint32(at.Port()) && addr.Unmap() == place {
				return c.Pid, true
			}
		}
	}
	return 0, false
}
