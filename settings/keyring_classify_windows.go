package settings

import (
	"errors"
	"syscall"

	"altv-tray/monitor/problem"
)

// classify sorts the Credential Manager's errors into ours.
func classify(err error) error {
	// ERROR_NO_SUCH_LOGON_SESSION, as for a service or a remote shell.
	if errors.Is(err, syscall.Errno(1312)) {
		return problem.New(problem.NoKeyring).Because(err)
	}
	return err
}

// unlock has nothing to do: nothing is locked while the user is logged in.
func unlock() error { return nil }
