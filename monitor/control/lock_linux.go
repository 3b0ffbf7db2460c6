package control

import (
	"errors"
	"fmt"
	"net"
	"os"
	"syscall"
)

// lockSystemName binds an abstract Unix socket. Containers have their own, as they have their
// own loopback.
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
