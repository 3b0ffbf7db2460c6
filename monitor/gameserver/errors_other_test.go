//go:build !windows

package gameserver

import (
	"net"
	"syscall"
)

var errRefused = &net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}
