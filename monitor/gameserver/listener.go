package gameserver

import (
	"net/netip"
	"slices"
)

// listener is one listening TCP socket of this computer. Two that are equal are
// the same socket; what is in it depends on the system. The zero value is any
// socket of a system that does not tell them apart.
type listener struct{ owner, made uint64 }

// listeners remembers who listens on an address of this computer.
//
// A dial shows only what is there now. If it is late, as on a busy computer, a
// server may have been away and back in between; its socket cannot.
type listeners struct {
	find  func(at netip.AddrPort) []listener // nil: not to be found out
	at    netip.AddrPort
	known []listener // those of the last look that found any
}

// replaced looks, and returns whether others listen now and none of those known
// does. While one is still there (several processes may share a port), or if
// nothing can be found out, it returns false.
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

// found returns whether the system's table shows that something listens there;
// false if nothing can be found out.
func (l *listeners) found() bool {
	return l.find != nil && l.at.Addr().IsLoopback() && len(l.find(l.at)) > 0
}

// serves returns whether a socket that listens on local may be given connections
// to the address at. One on all of IPv6 may get those of IPv4 too.
func serves(local, at netip.AddrPort) bool {
	addr := local.Addr().Unmap()
	return local.Port() == at.Port() && (addr.IsUnspecified() || addr == at.Addr().Unmap())
}
