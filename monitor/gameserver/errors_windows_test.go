package gameserver

import (
	"net"

	"golang.org/x/sys/windows"
)

var errRefused = &net.OpError{Op: "dial", Err: windows.WSAECONNREFUSED}
