package gameserver

import (
	"net"
	"net/netip"
	"testing"
)

func TestFindListenersOnLinux(t *testing.T) {
	for _, address := range []string{"127.0.0.1:0", "[::]:0", "[::1]:0"} {
		l, err := net.Listen("tcp", address)
		if err != nil {
			t.Logf("%s: %v", address, err) // a computer without IPv6
			continue
		}
		at := netip.MustParseAddrPort(l.Addr().String())
		// A connection of the server's own is no listener.
		conn, err := net.Dial("tcp", l.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		found := findListeners(at)
		if len(found) != 1 || found[0].owner == 0 {
			t.Errorf("%s: found %v, want one", address, found)
		}
		if other := netip.AddrPortFrom(netip.MustParseAddr("127.0.0.1"), at.Port()); address == "[::]:0" && len(findListeners(other)) != 1 {
			t.Errorf("%s is not found as the listener of %s", address, other)
		}
		_ = l.Close()
		if found := findListeners(at); len(found) != 0 {
			t.Errorf("%s is closed, and %v found", address, found)
		}
	}
	if _, _, ok := parseDiag(make([]byte, 71)); ok {
		t.Error("a message that is cut off is taken")
	}
}
