package gameserver

import (
	"net/netip"
	"slices"
)

// listener is one listening TCP socket of this computer; equal ones are the same socket. The
// zero value is any socket, on a system that cannot tell them apart.
type listener struct{ owner, made uint64 }

// listeners remembers which sockets listen on an address of this computer. A late dial, on a
// busy computer, cannot show that a server was away and back; its socket does.
type listeners struct {
	find  func(at netip.AddrPort) []listener // nil: not to be found out
	at    netip.AddrPort
	known []listener // those of the last look that found any
}

// replaced looks, and reports whether other sockets listen now and none of the known ones;
// false if that cannot be found out. Several processes may share a port.
func (l *listeners) replaced() bool {
	if l.find == nil || !l.at.Addr().IsLoopback() {
		return false
	}
	now := l.find(l.at)
	if slices.Contains(now, listener{}) {
		l.find = nil
	}
	if len(now) == 0 || l.find == nil {
		return false
	}
	before := l.known
	l.known = now
	return len(before) > 0 && !slices.ContainsFunc(before, func(one listener) bool { return slices.Contains(now, one) })
}

// found reports whether the system's table shows that something listens there.
func (l *listeners) found() bool {
	return l.find != nil && l.at.Addr().IsLoopback() && len(l.find(l.at)) > 0
}

// serves reports whether a socket that listens on local may get connections to at. One on
// all of IPv6 may get those of IPv4 too.
func serves(local, at netip.AddrPort) bool {
	addr := local.Addr().Unmap()
	return local.Port() == at.Port() && (addr.IsUnspecified() || addr == at.Addr().Unmap())
}
