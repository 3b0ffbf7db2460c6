//go:build !windows

package gameserver

import (
	"os"
	"syscall"
)

// openShared opens path for reading. Not to block, should it be a named pipe.
func openShared(path string) (*os.File, error) {
	return os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
}
