package errtext

import "golang.org/x/sys/windows"

var (
	diskFull  = []error{windows.ERROR_DISK_FULL, windows.ERROR_HANDLE_DISK_FULL, windows.ERROR_DISK_QUOTA_EXCEEDED}
	readOnly  = []error{windows.ERROR_WRITE_PROTECT}
	inUse     = []error{windows.ERROR_SHARING_VIOLATION, windows.ERROR_LOCK_VIOLATION, windows.ERROR_USER_MAPPED_FILE, windows.ERROR_BUSY}
	noWay     = []error{windows.WSAENETUNREACH, windows.WSAEHOSTUNREACH, windows.WSAENETDOWN}
	refused   = []error{windows.WSAECONNREFUSED}
	noProgram = []error{windows.ERROR_NO_ASSOCIATION}
)
