//go:build !windows

package atomicfile

import (
	"io/fs"
	"os"
	"syscall"
)

// keepOwner gives a new file the old file's owner, and its group if the user is in it.
func keepOwner(file *os.File, old fs.FileInfo) error {
	was := old.Sys().(*syscall.Stat_t)
	err := file.Chown(int(was.Uid), int(was.Gid))
	if int(was.Uid) == os.Geteuid() {
		return nil
	}
	return err
}
