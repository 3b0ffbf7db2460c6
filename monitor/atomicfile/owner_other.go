//go:build !windows

package atomicfile

import (
	"io/fs"
	"os"
	"syscall"
)

// keepOwner sets a new file's owner to the old file's, and the group too if the user is in it.
func keepOwner(file *os.File, old fs.FileInfo) error {
	was := old.Sys().(*syscall.Stat_t)
	err := file.Chown(int(was.Uid), int(was.Gid))
	if int(was.Uid) == os.Geteuid() {
		return nil
	}
	return err
}
