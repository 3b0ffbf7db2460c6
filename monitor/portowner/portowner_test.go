package portowner

import (
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"testing"
)

func TestPick(t *testing.T) {
	type rows = []Listener
	at := func(address string, pid int32) Listener {
		return Listener{Local: netip.MustParseAddrPort(address), PID: pid}
	}
	for _, test := range []struct {
		name string
		all  rows
		at   string
		want int32 // 0: nobody
	}{
		{"nobody", nil, "127.0.0.1:9223", 0},
		{"another port", rows{at("127.0.0.1:9222", 1)}, "127.0.0.1:9223", 0},
		{"another address", rows{at("192.0.2.7:9223", 1)}, "127.0.0.1:9223", 0},
		{"the very one", rows{at("127.0.0.1:9223", 1)}, "127.0.0.1:9223", 1},
		{"before all", rows{at("0.0.0.0:9223", 1), at("127.0.0.1:9223", 2), at("[::]:9223", 3)}, "127.0.0.1:9223", 2},
		{"all", rows{at("[::1]:9223", 1), at("0.0.0.0:9223", 2)}, "127.0.0.1:9223", 2},
		{"all of IPv6 too", rows{at("[::]:9223", 3)}, "127.0.0.1:9223", 3},
		{"all of IPv4 before all of IPv6", rows{at("[::]:9223", 3), at("0.0.0.0:9223", 2)}, "127.0.0.1:9223", 2},
		{"mapped", rows{at("[::ffff:127.0.0.1]:9223", 4)}, "127.0.0.1:9223", 4},
		{"IPv6", rows{at("127.0.0.1:9223", 1), at("[::1]:9223", 2)}, "[::1]:9223", 2},
		{"IPv4 is not for IPv6", rows{at("0.0.0.0:9223", 1)}, "[::1]:9223", 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			pid, found := pick(test.all, netip.MustParseAddrPort(test.at))
			if pid != test.want || found != (test.want != 0) {
				t.Errorf("got %d, %t; want %d", pid, found, test.want)
			}
		})
	}
}

func TestFindOwner(t *testing.T) {
	for _, network := range []string{"tcp4", "tcp6"} {
		l, err := net.Listen(network, "localhost:0")
		if err != nil && network == "tcp6" {
			continue // no IPv6 here
		}
		if err != nil {
			t.Fatal(err)
		}
		address := l.Addr().String()
		if network == "tcp4" {
			_, port, _ := net.SplitHostPort(address)
			address = net.JoinHostPort("LocalHost", port)
		}
		owner, err := Find(t.Context(), address)
		if err != nil {
			t.Fatal(err)
		}
		program, _ := os.Executable()
		if want := (Owner{int32(os.Getpid()), filepath.Base(program)}); owner != want {
			t.Errorf("%s: got %+v, want %+v", address, owner, want)
		}
		conn, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		accepted, err := l.Accept()
		if err != nil {
			t.Fatal(err)
		}
		defer accepted.Close()
		_ = l.Close() // its connection stays, and does not count
		if owner, err := Find(t.Context(), address); err != nil || owner != (Owner{}) {
			t.Errorf("%s, closed: got %+v, %v", address, owner, err)
		}
	}
	if _, err := Find(t.Context(), "nonsense"); err == nil {
		t.Error("no error for no address")
	}
}
