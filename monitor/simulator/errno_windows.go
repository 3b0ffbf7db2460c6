package simulator

import "golang.org/x/sys/windows"

// What Windows itself answers; syscall's own names are other numbers there.
const (
	errRefused = windows.WSAECONNREFUSED
	errInUse   = windows.WSAEADDRINUSE
)
