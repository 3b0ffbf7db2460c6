package control

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"runtime"
	"strings"
)

// ErrLocked means that another process of this user has the lock.
var ErrLocked = errors.New("another altv-tray has it")

// LockTray makes this process the user's one tray app with the state folder dir, which need
// not exist. ErrHeld: there is one already. Call release at the end.
//
// The lock is not a file, which can be deleted, but a name that the system grants to one
// process at a time, until the process ends.
func LockTray(dir string) (release func(), err error) {
	if runtime.GOOS == "windows" {
		dir = strings.ToLower(dir)
	}
	return lockName("folder " + dir)
}

// LockClient is LockTray for the client whose debug port is at address, by number where that
// is known: two tray apps would send it each reconnect twice.
func LockClient(address string) (release func(), err error) {
	return lockName("client " + strings.ToLower(address))
}

// LockReconnect makes this process the one that reconnects the client at address without a
// tray app: a second request could come while the client is busy with the first.
func LockReconnect(address string) (release func(), err error) {
	return lockName("reconnect " + strings.ToLower(address))
}

// lockName locks a name of any length and with any characters for this user.
func lockName(name string) (release func(), err error) {
	sum := sha256.Sum256([]byte(name))
	release, err = lockSystemName(hex.EncodeToString(sum[:16]))
	if err == nil {
		return release, nil
	}
	if !errors.Is(err, ErrLocked) {
		err = fmt.Errorf("finding out whether altv-tray runs already, by the %s: %w", name, err)
	}
	return func() {}, err
}
