package settings

import (
	"errors"
	"syscall"

	"altv-tray/monitor/problem"
)

// errNoSuchLogonSession is ERROR_NO_SUCH_LOGON_SESSION: a service or a remote
// shell has no Credential Manager.
const errNoSuchLogonSession = syscall.Errno(1312)

// classify sorts the Credential Manager's errors into ours.
func classify(err error) error {
	switch {
	case errors.Is(err, errNoSuchLogonSession):
		return problem.New(problem.NoKeyring).Because(err)
	case errors.Is(err, syscall.ERROR_NOT_FOUND):
		return problem.New(problem.PasswordNotStored).Because(err)
	}
	return err
}

// storedText sees to passwords that were edited in the Control Panel.
func storedText(stored string) string { return decodeStored(stored) }
