package control

import (
	"errors"
	"fmt"
	"net"
	"os"
	"syscall"
)

// lockSystemName binds an abstract Unix socket. A container has its own, as it has its own
// loopback.
func lockSystemName(key string) (release func(), err error) {
	l, err := net.Listen("unix", fmt.Sprintf("@altv-tray-%d-%s", os.Getuid(), key))
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, ErrLocked
	}
	if err != nil {
		return nil, err
	}
	return func() { _ = l.Close() }, nil
}
