package clientfolder

import (
	"net"
	"net/netip"
	"testing"
)

func TestSameServer(t *testing.T) {
	own := func(addr netip.Addr) bool {
		return addr == netip.MustParseAddr("192.168.1.5") || addr == netip.MustParseAddr("fe80::1")
	}
	tests := []struct {
		a, b string
		want bool
	}{
		{"127.0.0.1:7788", "127.0.0.1:7788", true},
		{"127.0.0.1:7788", "127.0.0.1", true},
		{"127.0.0.1", "127.0.0.1:7789", false},
		{"localhost", "127.0.0.1:7788", true},
		{"LocalHost.:7788", "[::1]:7788", true},
		{"::1", "0.0.0.0:7788", true},
		{"[::]:7788", "127.0.0.2", true},
		{"*:7788", "localhost", true},
		{"192.168.1.5:7788", "127.0.0.1", true},
		{"::ffff:127.0.0.1", "127.0.0.1", true},
		{"192.168.1.6:7788", "127.0.0.1:7788", false},
		{"192.168.1.6", "192.168.1.6:7788", true},
		{"2001:db8::1", "[2001:0db8:0::1]:7788", true},
		{"play.example.com", "Play.Example.com.:7788", true},
		{"play.example.com", "example.com", false},
		{"play.example.com", "127.0.0.1", false},
		{"http://cdn.example.com", "HTTP://cdn.example.com:80/", true},
		{"https://cdn.example.com", "http://cdn.example.com", false},
		{"http://cdn.example.com", "cdn.example.com", false},
		{" 127.0.0.1:7788 ", "127.0.0.1", true},
		{"", "", false},
		{"", "127.0.0.1", false},
		{":7788", ":7788", false},
		{"a:b:c", "a:b:c", false},
		{"http://%", "http://%", false},
	}
	for _, test := range tests {
		for _, pair := range [][2]string{{test.a, test.b}, {test.b, test.a}} {
			if got, _ := compare(pair[0], own, pair[1]); got != test.want {
				t.Errorf("%q and %q: %v", pair[0], pair[1], got)
			}
		}
	}
}

func TestOtherComputer(t *testing.T) {
	own := func(addr netip.Addr) bool { return addr == netip.MustParseAddr("192.168.1.5") }
	tests := []struct {
		a, b string
		want bool
	}{
		{"203.0.113.7:7788", "127.0.0.1:7788", true},
		{"203.0.113.7", "192.168.1.5:7788", true},
		{"203.0.113.7:7788", "203.0.113.8:7788", true},
		{"[2001:db8::1]:7788", "localhost", true},
		{"192.168.1.5:7788", "localhost:7788", false},
		{"127.0.0.1:7788", "127.0.0.1:7799", false}, // another server, this computer
		{"203.0.113.7:7788", "203.0.113.7:7799", false},
		{"play.example.com", "127.0.0.1:7788", false}, // who knows
		{"play.example.com", "www.example.com", false},
		{"", "127.0.0.1:7788", false},
		{"a:b:c", "127.0.0.1:7788", false},
	}
	for _, test := range tests {
		for _, pair := range [][2]string{{test.a, test.b}, {test.b, test.a}} {
			if _, got := compare(pair[0], own, pair[1]); got != test.want {
				t.Errorf("%q and %q: %v", pair[0], pair[1], got)
			}
		}
	}
}

func TestSameServerKnowsThisComputer(t *testing.T) {
	addrs, err := net.InterfaceAddrs()
	if err != nil {
		t.Fatal(err)
	}
	for _, addr := range addrs {
		ip := addr.(*net.IPNet).IP.String()
		if same, _ := SameServer(net.JoinHostPort(ip, "7788"), "localhost"); !same {
			t.Errorf("%s is of this computer", ip)
		}
	}
}

func FuzzSameServer(f *testing.F) {
	f.Add("127.0.0.1:7788", "localhost")
	f.Add("http://[::1]", "[::1]")
	f.Fuzz(func(t *testing.T, a, b string) {
		one, _ := compare(a, isOwn, b)
		if two, _ := compare(b, isOwn, a); one != two {
			t.Errorf("%q and %q differ by their order", a, b)
		}
	})
}

func TestRedact(t *testing.T) {
	for address, want := range map[string]string{
		"": "", "127.0.0.1:7788": "127.0.0.1:7788", "[::1]:7788": "[::1]:7788", "play.example.com": "play.example.com",
		"https://user:hunter2@cdn.example.com:443/x?password=hunter2": "https://cdn.example.com:443",
		"altv://connect/127.0.0.1?password=hunter2":                   "altv://connect",
		"https://hunter2%":                 "?",
		"hunter2?a://b":                    "?",
		"127.0.0.1:7788?password=hunter2":  "127.0.0.1:7788",
		"hunter2@127.0.0.1:7788/hunter2?x": "127.0.0.1:7788",
	} {
		if got := Redact(address); got != want {
			t.Errorf("%s: got %s, want %s", address, got, want)
		}
	}
}

// A server with a CDN is reached by either of its addresses.
func TestServerWithTwoAddresses(t *testing.T) {
	const cdn = "https://203.0.113.9"
	for _, c := range []struct {
		lastip      string
		same, other bool
	}{
		{"127.0.0.1:7788", true, false},
		{cdn, true, false},
		{"203.0.113.10:7788", false, true},
		{"play.example.com", false, false},
		{"", false, false},
	} {
		if same, other := SameServer(c.lastip, "127.0.0.1:7788", cdn); same != c.same || other != c.other {
			t.Errorf("%q: same %v, another computer %v", c.lastip, same, other)
		}
		if same, other := SameServer(c.lastip, "127.0.0.1:7788", ""); same != (c.same && c.lastip != cdn) || other != (c.other || c.lastip == cdn) {
			t.Errorf("%q without a CDN: same %v, another computer %v", c.lastip, same, other)
		}
	}
	if _, other := SameServer("203.0.113.9"); other {
		t.Error("without any address nothing is certain")
	}
}
