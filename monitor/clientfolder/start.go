package clientfolder

import (
	"errors"
	"net/url"
	"strings"
	"unicode"
)

// arguments are those that altv.exe is started with: debug mode, and the server
// to join where one is known. The flags and the link's form, with the address
// URL-encoded, are from the alt:V documentation. A password could be part of the
// link, but other programs can read a command line, so one is refused.
func arguments(server string) ([]string, error) {
	if server == "" {
		return []string{"-debug"}, nil
	}
	if strings.ContainsAny(server, `?&#@"`) || strings.ContainsFunc(server, func(r rune) bool {
		return unicode.IsSpace(r) || !unicode.IsPrint(r)
	}) {
		return nil, errors.New("starting alt:V: the server's address must be host:port, such as 127.0.0.1:7788, and nothing else")
	}
	return []string{"-debug", "-connecturl", "altv://connect/" + url.QueryEscape(server)}, nil
}
