package clientfolder

import (
	"cmp"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strings"
)

const defaultPort = "7788" // of the alt:V documentation

// SameServer reports whether the client's lastip means a profile's server. The
// server has one address, or with a CDN two: its own, and the CDN's, which
// players use. Each is host, host:port or, with a CDN, a URL; a port left out is
// 7788. All names and addresses of this computer are the same. Names are not
// looked up, so a name and its address are not the same. An empty or broken
// address means no server.
func SameServer(lastip string, server ...string) bool {
	own := ownAddresses()
	return slices.ContainsFunc(server, func(at string) bool { return sameServer(lastip, at, own) })
}

// OtherComputer reports whether lastip certainly means another computer than each
// address that the server has; an empty one does not count. Nothing is certain of
// a name, but for this computer's.
func OtherComputer(lastip string, server ...string) bool {
	own := ownAddresses()
	other := false
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

// Shown is lastip without what must not be shown or logged: a link to a server can
// have its password, so only the scheme, the host and the port are left.
func Shown(lastip string) string {
	link := parseLink(lastip)
	switch {
	case lastip == "":
		return ""
	case link == nil:
		return "?"
	case strings.Contains(lastip, "://"):
		return link.Scheme + "://" + link.Host
	}
	return link.Host
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

// server is an address in a form that can be compared. The zero value: it is none.
type server struct {
	host  string // "" for this computer
	port  string
	fixed bool // the host is no name to look up
}

func sameServer(a, b string, own []netip.Addr) bool {
	one := parseServer(a, own)
	return one != server{} && one == parseServer(b, own)
}

func otherComputer(a, b string, own []netip.Addr) bool {
	one, two := parseServer(a, own), parseServer(b, own)
	return one.fixed && two.fixed && one.host != two.host
}

func parseServer(address string, own []netip.Addr) server {
	link := parseLink(address)
	if link == nil {
		return server{}
	}
	port := cmp.Or(link.Port(), map[string]string{"http": "80", "https": "443"}[link.Scheme], defaultPort)
	host := strings.ToLower(strings.TrimSuffix(link.Hostname(), "."))
	if host == "localhost" || host == "*" {
		return server{"", port, true}
	}
	addr, err := netip.ParseAddr(host)
	if err != nil {
		return server{host, port, false}
	}
	addr = addr.Unmap().WithZone("")
	if addr.IsLoopback() || addr.IsUnspecified() || slices.Contains(own, addr) {
		return server{"", port, true}
	}
	return server{addr.String(), port, true}
}

// parseLink returns nil where the address has no host.
func parseLink(address string) *url.URL {
	address = strings.TrimSpace(address)
	if addr, err := netip.ParseAddr(address); err == nil && addr.Is6() {
		address = "[" + address + "]"
	}
	if !strings.Contains(address, "://") {
		address = "altv://" + address
	}
	link, err := url.Parse(address)
	if err != nil || link.Hostname() == "" {
		return nil
	}
	return link
}
