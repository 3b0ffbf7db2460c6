package clientfolder

import (
	"cmp"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strings"
)

// SameServer reports whether the client's lastip is a profile's server, and whether it is
// certainly on another computer. The server's addresses are its own and, with a CDN, the CDN's:
// host, host:port or a URL; the default port is 7788. All addresses of this computer are the
// same. Host names are not looked up, so nothing is certain about them.
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
	last := parseEndpoint(lastip, isOwn)
	addresses = slices.DeleteFunc(slices.Clone(addresses), func(a string) bool { return a == "" })
	elsewhere = last.numeric && len(addresses) > 0
	for _, address := range addresses {
		server := parseEndpoint(address, isOwn)
		same = same || server == last && server != endpoint{}
		elsewhere = elsewhere && server.numeric && server.host != last.host
	}
	return same, elsewhere
}

// Redact returns only the scheme, the host and the port of lastip, for the screen and the log: a
// link may have the server's password.
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

// endpoint is an address that can be compared. The zero value: no address.
type endpoint struct {
	host    string // "" for this computer
	port    string
	numeric bool // the host is an address, not a name that would have to be looked up
}

func parseEndpoint(address string, isOwn func(netip.Addr) bool) endpoint {
	link := parseLink(address)
	if link == nil {
		return endpoint{}
	}
	port := cmp.Or(link.Port(), map[string]string{"http": "80", "https": "443"}[link.Scheme], "7788") // the default of the alt:V documentation
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

// parseLink returns nil if the address has no host.
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
