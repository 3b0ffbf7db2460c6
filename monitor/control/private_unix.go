//go:build !windows

package control

import (
	"io/fs"
	"os"
	"syscall"

	"altv-tray/monitor/problem"
)

// distrust tells why a file is not to be trusted: it must be the user's own, and
// nobody else may read it. Empty: it is.
func distrust(info fs.FileInfo) problem.Code {
	if !info.Mode().IsRegular() {
		return problem.NotPlain
	}
	if info.Mode().Perm()&0o077 != 0 {
		return problem.OthersRead
	}
	if st, ok := info.Sys().(*syscall.Stat_t); ok && int(st.Uid) != os.Getuid() {
		return problem.OthersOwn
	}
	return ""
}
