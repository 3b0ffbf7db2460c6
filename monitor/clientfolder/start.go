package clientfolder

import (
	"errors"
	"net/url"
	"strings"
	"unicode"

	"altv-tray/monitor/problem"
)

// ErrWindowsOnly is wrapped by Start's error on a system without alt:V.
var ErrWindowsOnly = problem.New(problem.WindowsOnly).Because(errors.ErrUnsupported)

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
		return nil, problem.New(problem.BadAddress)
	}
	return []string{"-debug", "-connecturl", "altv://connect/" + url.QueryEscape(server)}, nil
}
