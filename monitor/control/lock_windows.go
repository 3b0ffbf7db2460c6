package control

import (
	"errors"

	"golang.org/x/sys/windows"
)

// lockSystemName creates a named mutex for all sessions of the user.
func lockSystemName(key string) (release func(), err error) {
	user, err := windows.GetCurrentProcessToken().GetTokenUser()
	if err != nil {
		return nil, err
	}
	name, err := windows.UTF16PtrFromString(`Global\altv-tray-` + user.User.Sid.String() + "-" + key)
	if err != nil {
		return nil, err
	}
	mutex, err := windows.CreateMutex(nil, false, name)
	release = func() { _ = windows.CloseHandle(mutex) }
	switch {
	case errors.Is(err, windows.ERROR_ALREADY_EXISTS):
		release() // the mutex lives until all its handles are closed
		return nil, ErrLocked
	case errors.Is(err, windows.ERROR_ACCESS_DENIED): // by an app with an administrator's rights
		return nil, ErrLocked
	case err != nil:
		return nil, err
	}
	return release, nil
}
