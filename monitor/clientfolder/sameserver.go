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

// SameServer reports whether the client's lastip means a profile's server, and whether it
// certainly means another computer. The server's addresses are its own and, with a CDN,
// the CDN's: host, host:port or a URL; the default port is 7788. All addresses of this
// computer are the same. Names are not looked up, so nothing is certain of them.
func SameServer(lastip string, server ...string) (same, elsewhere bool) {
	return compare(lastip, isOwn, server...)
}

// isOwn reports whether an address is one of this computer's.
func isOwn(addr netip.Addr) bool {
	all, _ := net.InterfaceAddrs()
	return slices.ContainsFunc(all, func(a net.Addr) bool {
		prefix, err := netip.ParsePrefix(a.String())
		return err == nil && prefix.Addr() == addr
	})
}

func compare(lastip string, isOwn func(netip.Addr) bool, addresses ...string) (same, elsewhere bool) {
	last, known := parseEndpoint(lastip, isOwn), false
	elsewhere = last.fixed
	for _, address := range addresses {
		if address == "" {
			continue
		}
		one := parseEndpoint(address, isOwn)
		known, same = true, same || one == last && one != endpoint{}
		elsewhere = elsewhere && one.fixed && one.host != last.host
	}
	return same, elsewhere && known
}

// Redact is lastip without what must not be shown or logged, as a link can have the
// server's password: only the scheme, the host and the port.
func Redact(lastip string) string {
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

// endpoint is an address that can be compared. The zero value: none.
type endpoint struct {
	host  string // "" for this computer
	port  string
	fixed bool // the host is no name to look up
}

func parseEndpoint(address string, isOwn func(netip.Addr) bool) endpoint {
	link := parseLink(address)
	if link == nil {
		return endpoint{}
	}
	port := cmp.Or(link.Port(), map[string]string{"http": "80", "https": "443"}[link.Scheme], defaultPort)
	host := strings.ToLower(strings.TrimSuffix(link.Hostname(), "."))
	if host == "localhost" || host == "*" {
		return endpoint{"", port, true}
	}
	addr, err := netip.ParseAddr(host)
	if err != nil {
		return endpoint{host, port, false}
	}
	addr = addr.Unmap().WithZone("")
	if addr.IsLoopback() || addr.IsUnspecified() || isOwn(addr) {
		return endpoint{"", port, true}
	}
	return endpoint{addr.String(), port, true}
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
