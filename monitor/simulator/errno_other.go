//go:build !windows

package simulator

import "syscall"

const (
	errRefused = syscall.ECONNREFUSED
	errInUse   = syscall.EADDRINUSE
)
