package gameserver

import (
	"errors"
	"slices"
	"syscall"
)

// The numbers are Windows' own, for which package syscall has no constants.

// Refused reports that the computer answered that nothing listens there.
func Refused(err error) bool {
	return isOne(err, syscall.ECONNREFUSED, 10061, 1225) // WSAECONNREFUSED, ERROR_CONNECTION_REFUSED
}

// unreachable says that the network knows no way there.
func unreachable(err error) bool {
	return isOne(err, syscall.EHOSTUNREACH, syscall.ENETUNREACH, syscall.EHOSTDOWN,
		10065, 10051, 10064) // WSAEHOSTUNREACH, WSAENETUNREACH, WSAEHOSTDOWN
}

// cutOff says that something listened, and ended the connection while it was made.
func cutOff(err error) bool {
	return isOne(err, syscall.ECONNRESET, syscall.ECONNABORTED, 10054, 10053) // WSAECONNRESET, WSAECONNABORTED
}

func isOne(err error, codes ...syscall.Errno) bool {
	var code syscall.Errno
	return errors.As(err, &code) && slices.Contains(codes, code)
}
