// Package portowner finds the program that listens on a TCP port of this computer.
package portowner

import (
	"context"
	"errors"
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

// Listener is a TCP socket of this computer that listens.
type Listener struct {
	Local netip.AddrPort
	PID   int32 // of its process; 0 on Linux if it is another user's, unless we are root
}

// Listeners returns all Listeners. On Wine it returns an error.
func Listeners(ctx context.Context) (found []Listener, err error) {
	if onWine {
		return nil, errors.New("on Wine it is not known which program has a socket")
	}
	all, err := connections.ConnectionsWithContext(ctx, "tcp") // the variant without user ids does not exist on Windows
	for _, c := range all {
		if addr, err := netip.ParseAddr(c.Laddr.IP); err == nil && c.Status == "LISTEN" {
			found = append(found, Listener{netip.AddrPortFrom(addr, uint16(c.Laddr.Port)), c.Pid})
		}
	}
	return found, err
}

// Find finds the program that listens on an address of this computer. It returns when ctx ends, even
// if the system does not answer.
func Find(ctx context.Context, address string) (Owner, error) {
	return folder.Until(ctx, func() (Owner, error) { return find(ctx, address) })
}

func find(ctx context.Context, address string) (Owner, error) {
	at, err := net.ResolveTCPAddr("tcp", address)
	if err != nil {
		return Owner{}, err
	}
	all, err := Listeners(ctx)
	if err != nil {
		return Owner{}, fmt.Errorf("finding out who listens on %s: %w", address, err)
	}
	pid, found := pick(all, at.AddrPort())
	switch {
	case !found:
		return Owner{}, nil
	case pid == 0:
		return Owner{}, fmt.Errorf("the system does not tell who listens on %s", address)
	}
	owner := Owner{PID: pid}
	if p, err := process.NewProcessWithContext(ctx, pid); err == nil {
		owner.Name, _ = p.NameWithContext(ctx)
	}
	return owner, nil
}

// pick finds the process that gets the connections to an address. A process that listens on all
// addresses gets them only if no other listens on that very address; all of IPv6 may include IPv4.
func pick(all []Listener, at netip.AddrPort) (pid int32, found bool) {
	wanted := at.Addr().Unmap()
	places := []netip.Addr{wanted, netip.IPv6Unspecified()}
	if wanted.Is4() {
		places = slices.Insert(places, 1, netip.IPv4Unspecified())
	}
	for _, place := range places {
		for _, l := range all {
			if l.Local.Port() == at.Port() && l.Local.Addr().Unmap() == place {
				return l.PID, true
			}
		}
	}
	return 0, false
}
