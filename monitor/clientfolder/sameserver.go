package clientfolder

import (
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strings"
)

const defaultPort = "7788" // of the alt:V documentation

// SameServer tells whether two addresses mean the same server: the client's
// lastip and a profile's server. Each is host, host:port or, with a CDN, a URL;
// a port left out is 7788. This computer's names and addresses are all one. Names
// are not looked up, so a name and its address are two. An empty or broken
// address is no server's. A server with a CDN has two addresses: its own, and the
// CDN's, which players are given.
func SameServer(lastip string, server ...string) bool {
	own := ownAddresses()
	return slices.ContainsFunc(server, func(at string) bool { return sameServer(lastip, at, own) })
}

// OtherComputer tells whether lastip certainly means another computer than each
// address that the server has, as for SameServer; an empty one does not count.
// Of a name that is not this computer's nothing is certain.
func OtherComputer(lastip string, server ...string) bool {
	own, other := ownAddresses(), false
	for _, at := range server {
		if at == "" {
			continue
		}
		if other = otherComputer(lastip, at, own); !other {
			break
		}
	}
	return other
}

// Shown is lastip as it may be shown and logged: a link to a server can carry its
// password, so only the host, its port and the scheme are left.
func Shown(lastip string) string {
	if !strings.Contains(lastip, "://") {
		host, _, _ := strings.Cut(lastip, "?")
		host, _, _ = strings.Cut(host, "/")
		return host[strings.LastIndex(host, "@")+1:]
	}
	link, err := url.Parse(lastip)
	if err != nil || link.Host == "" {
		return "?"
	}
	return link.Scheme + "://" + link.Host
}

func ownAddresses() []netip.Addr {
	var own []netip.Addr
	addrs, _ := net.InterfaceAddrs()
	for _, addr := range addrs {
		if prefix, err := netip.ParsePrefix(addr.String()); err == nil {
			own = append(own, prefix.Addr())
		}
	}
	return own
}

func otherComputer(a, b string, own []netip.Addr) bool {
	hostA, _, okA := splitServer(a)
	hostB, _, okB := splitServer(b)
	a, b = machine(hostA, own), machine(hostB, own)
	return okA && okB && a != b && isAddress(a) && isAddress(b)
}

// isAddress tells whether a host as machine gives it is no name to look up.
func isAddress(host string) bool {
	_, err := netip.ParseAddr(host)
	return err == nil || host == ""
}

func sameServer(a, b string, own []netip.Addr) bool {
	hostA, portA, okA := splitServer(a)
	hostB, portB, okB := splitServer(b)
	return okA && okB && portA == portB && machine(hostA, own) == machine(hostB, own)
}

func splitServer(address string) (host, port string, ok bool) {
	address = strings.TrimSpace(address)
	if strings.Contains(address, "://") {
		parsed, err := url.Parse(address)
		if err != nil {
			return "", "", false
		}
		ports := map[string]string{"http": "80", "https": "443"}
		host, port = parsed.Hostname(), parsed.Port()
		if port == "" {
			port = ports[parsed.Scheme]
		}
		return host, port, host != ""
	}
	if _, err := netip.ParseAddr(address); err == nil {
		return address, defaultPort, true
	}
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		host, port = strings.Trim(address, "[]"), defaultPort
		ok = !strings.Contains(host, ":")
		if _, err := netip.ParseAddr(host); err == nil {
			ok = true
		}
		return host, port, ok && host != ""
	}
	return host, port, host != "" && port != ""
}

// machine is a host in a form that can be compared; "" is this computer.
func machine(host string, own []netip.Addr) string {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if host == "localhost" || host == "*" {
		return ""
	}
	addr, err := netip.ParseAddr(host)
	if err != nil {
		return host
	}
	addr = addr.Unmap().WithZone("")
	if addr.IsLoopback() || addr.IsUnspecified() || slices.Contains(own, addr) {
		return ""
	}
	return addr.String()
}
