//go:build !windows

package control

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// private checks that the file is the user's own and nobody else can read it.
func private(info fs.FileInfo) error {
	if !info.Mode().IsRegular() {
		return errors.New("it is not a plain file")
	}
	if info.Mode().Perm()&0o077 != 0 {
		return errors.New("others can read it")
	}
	if st, ok := info.Sys().(*syscall.Stat_t); ok && int(st.Uid) != os.Getuid() {
		return errors.New("it belongs to somebody else")
	}
	return nil
}
