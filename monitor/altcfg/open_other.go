//go:build !windows

package altcfg

import (
	"os"
	"syscall"
)

// Open opens a file for reading. It does not block on a named pipe.
func Open(path string) (*os.File, error) {
	return os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
}
