package clientfolder

import (
	"slices"
	"strings"
)

// Process is an altv.exe that runs, without its arguments: they may have a server's password.
type Process struct {
	PID          int32
	Path         string // the program, under Wine its Windows path; "" where it is not known
	HasDebugFlag bool   // it was started with -debug; false where that is not known
}

// hasDebugFlag looks through a command line, the program's name included.
func hasDebugFlag(args []string) bool {
	return len(args) > 1 && slices.ContainsFunc(args[1:], func(arg string) bool {
		return strings.EqualFold(arg, "-debug")
	})
}
