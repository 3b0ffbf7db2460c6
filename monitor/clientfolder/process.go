package clientfolder

import (
	"errors"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"altv-tray/monitor/problem"
)

// Process is a running altv.exe. It lacks the arguments, which may have a server's password.
type Process struct {
	PID          int32
	Path         string // the program, under Wine its Windows path; "" if it is not known
	HasDebugFlag bool   // it was started with -debug; false if that is not known
}

func hasDebugFlag(args []string) bool {
	return slices.ContainsFunc(args, func(arg string) bool {
		return strings.EqualFold(arg, "-debug")
	})
}

// ErrWindowsOnly is wrapped by Start's error on a system without alt:V.
var ErrWindowsOnly = problem.New(problem.WindowsOnly).Because(errors.ErrUnsupported)

// arguments returns those of altv.exe for debug mode and for joining the server, if it is not
// empty (flags and link: alt:V documentation). As other programs can read a command line, it
// refuses an address that may contain a password.
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
