package gameserver

import (
	"net/netip"
	"slices"
)

// listener is one listening TCP socket of this computer: its inode, or on Windows its process.
type listener uint64

// listeners remembers which sockets listen on an address of this computer. On a busy computer
// a dial may come too late to show that a server was away and back; its new socket shows it.
type listeners struct {
	find  func(at netip.AddrPort) []listener // nil if the system cannot tell
	at    netip.AddrPort
	known []listener // those of the last search that found any
}

// search returns the sockets that listen now; none if that cannot be found out.
func (l *listeners) search() []listener {
	if l.find == nil || !l.at.Addr().IsLoopback() {
		return nil
	}
	return l.find(l.at)
}

// replaced reports whether other sockets listen now and none of the known ones. Several
// processes may share a port.
func (l *listeners) replaced() bool {
	now := l.search()
	if len(now) == 0 {
		return false
	}
	before := l.known
	l.known = now
	return len(before) > 0 && !slices.ContainsFunc(before, func(one listener) bool { return slices.Contains(now, one) })
}

// serves reports whether a socket that listens on local may get connections to at. A socket on
// all of IPv6 may get those of IPv4 too.
func serves(local, at netip.AddrPort) bool {
	addr := local.Addr().Unmap()
	return local.Port() == at.Port() && (addr.IsUnspecified() || addr == at.Addr().Unmap())
}
