//go:build !windows

package control

import (
	"io/fs"
	"os"
	"syscall"

	"altv-tray/monitor/fault"
)

// distrust tells why a file is not to be trusted: it must be the user's own, and
// nobody else may read it. Empty: it is.
func distrust(info fs.FileInfo) fault.Code {
	if !info.Mode().IsRegular() {
		return fault.NotPlain
	}
	if info.Mode().Perm()&0o077 != 0 {
		return fault.OthersRead
	}
	if st, ok := info.Sys().(*syscall.Stat_t); ok && int(st.Uid) != os.Getuid() {
		return fault.OthersOwn
	}
	return ""
}
