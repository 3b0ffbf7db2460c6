package doctor

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"strings"

	connections "github.com/shirou/gopsutil/v4/net"
	"github.com/shirou/gopsutil/v4/process"
)

// listener is a TCP port that somebody listens on.
type listener struct {
	at  netip.AddrPort
	pid int32 // 0: the system does not tell
}

// findOwner tells who listens on an address of this computer.
func findOwner(ctx context.Context, address string) (Owner, error) {
	at, err := addrPort(address)
	if err != nil {
		return Owner{}, err
	}
	all, err := listeners(ctx)
	if err != nil {
		return Owner{}, fmt.Errorf("finding out who listens on %s: %w", address, err)
	}
	pid, found := pick(all, at)
	switch {
	case !found:
		return Owner{}, nil
	case pid == 0:
		return Owner{}, fmt.Errorf("the system does not tell who listens on %s", address)
	}
	return Owner{PID: pid, Name: programName(ctx, pid)}, nil
}

// listeners has no PID, on Linux, for the programs of other users, but for root.
func listeners(ctx context.Context) ([]listener, error) {
	all, err := connections.ConnectionsWithoutUidsWithContext(ctx, "tcp")
	if err != nil {
		return nil, err
	}
	var found []listener
	for _, c := range all {
		if c.Status != "LISTEN" {
			continue
		}
		if addr, err := netip.ParseAddr(c.Laddr.IP); err == nil {
			found = append(found, listener{netip.AddrPortFrom(addr, uint16(c.Laddr.Port)), c.Pid})
		}
	}
	return found, nil
}

// programName is empty where the system does not tell. Under Wine it is the
// Windows program's.
func programName(ctx context.Context, pid int32) string {
	p, err := process.NewProcessWithContext(ctx, pid)
	if err != nil {
		return ""
	}
	name, err := p.NameWithContext(ctx)
	if err != nil {
		return ""
	}
	return name
}

func addrPort(address string) (netip.AddrPort, error) {
	if host, port, err := net.SplitHostPort(address); err == nil && strings.EqualFold(host, "localhost") {
		address = net.JoinHostPort("127.0.0.1", port)
	}
	return netip.ParseAddrPort(address)
}

// pick finds who gets a connection to an address. One that listens on all
// addresses gets it only if nobody listens on that very one; one on all of IPv6
// may get those of IPv4 too.
func pick(all []listener, at netip.AddrPort) (pid int32, found bool) {
	wanted := at.Addr().Unmap()
	rank := 0
	for _, l := range all {
		if l.at.Port() != at.Port() {
			continue
		}
		addr, now := l.at.Addr().Unmap(), 0
		switch {
		case addr == wanted:
			now = 3
		case addr.IsUnspecified() && addr.Is4() == wanted.Is4():
			now = 2
		case addr.IsUnspecified() && addr.Is6():
			now = 1
		}
		if now > rank {
			pid, found, rank = l.pid, true, now
		}
	}
	return pid, found
}
