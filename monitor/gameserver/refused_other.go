//go:build !windows

package gameserver

import (
	"errors"
	"syscall"
)

// refused: the computer answered that nothing listens there.
func refused(err error) bool { return errors.Is(err, syscall.ECONNREFUSED) }

// unreachable: the network knows no way there.
func unreachable(err error) bool {
	return errors.Is(err, syscall.EHOSTUNREACH) || errors.Is(err, syscall.ENETUNREACH) ||
		errors.Is(err, syscall.EHOSTDOWN)
}

// cutOff: something listened, and ended the connection while it was made.
func cutOff(err error) bool {
	return errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.ECONNABORTED)
}
