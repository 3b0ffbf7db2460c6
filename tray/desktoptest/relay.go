//go:build linux

package desktoptest

import (
	"io"
	"net"
	"testing"
)

// StartRelay opens a port in front of another, as Docker's userland proxy, ssh -L
// and an editor's port forwarding do: it accepts whether anything is behind it or not,
// and hangs up if nothing is. It returns the address; the port closes with the test.
func StartRelay(t testing.TB, behind string) (address string) {
	t.Helper()
	address = ownAddress(t)
	listener, err := listen(address)
	if err != nil {
		t.Fatalf("open the relay's port: %v", err)
	}
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go relay(conn, behind)
		}
	}()
	t.Cleanup(func() { listener.Close() })
	return address
}

// relay connects a connection with one to behind, until either ends.
func relay(conn net.Conn, behind string) {
	defer conn.Close()
	server, err := net.Dial("tcp", behind)
	if err != nil {
		return
	}
	defer server.Close()
	go func() {
		io.Copy(server, conn)
		server.Close()
	}()
	io.Copy(conn, server)
}
