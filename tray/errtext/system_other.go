//go:build !windows

package errtext

import "syscall"

var (
	diskFull  = []error{syscall.ENOSPC, syscall.EDQUOT}
	readOnly  = []error{syscall.EROFS}
	inUse     = []error{syscall.EBUSY, syscall.ETXTBSY}
	noWay     = []error{syscall.ENETUNREACH, syscall.EHOSTUNREACH, syscall.ENETDOWN}
	refused   = []error{syscall.ECONNREFUSED}
	noProgram = []error{}
)
