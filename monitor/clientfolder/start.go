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

// arguments are those of altv.exe for debug mode and, if one is given, the server to join
// (flags and link: alt:V documentation). The link could have a password, but other
// programs can read a command line, so one is refused.
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
