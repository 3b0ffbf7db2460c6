package control

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
)

// ErrHeld means that another process of this user has the lock.
var ErrHeld = errors.New("another altv-tray has it")

// LockTray makes this process the user's one tray app with the state folder dir,
// where control.json can lead the commands to one only. The folder need not
// exist. ErrHeld: there is one already. Call release at the end; with an error it
// does nothing.
//
// The lock is not a file but a name that the system grants to one process at a
// time, until that ends in whatever way. A file can be deleted while a process has
// it locked.
func LockTray(dir string) (release func(), err error) {
	// The folder itself may be missing, which must not make it another one.
	if parent, err := filepath.EvalSymlinks(filepath.Dir(dir)); err == nil {
		dir = filepath.Join(parent, filepath.Base(dir))
	}
	if runtime.GOOS == "windows" {
		dir = strings.ToLower(dir)
	}
	return lockName("folder " + dir)
}

// LockClient is LockTray for the client whose debug port is at address: with two
// tray apps, whatever their state folders, it would be sent each reconnect twice.
func LockClient(address string) (release func(), err error) {
	return lockName("client " + sameAddress(address))
}

// LockReconnect makes this process the one that reconnects the client at address
// without a tray app: of two at once, the second request could come while the
// client is busy with the first.
func LockReconnect(address string) (release func(), err error) {
	return lockName("reconnect " + sameAddress(address))
}

func sameAddress(address string) string {
	address = strings.ToLower(address)
	if port, ok := strings.CutPrefix(address, "localhost:"); ok {
		return "127.0.0.1:" + port
	}
	return address
}

// lockName locks a name of any length and with any characters for this user.
func lockName(name string) (release func(), err error) {
	sum := sha256.Sum256([]byte(name))
	release, err = lockSystemName(hex.EncodeToString(sum[:16]))
	if err == nil {
		return release, nil
	}
	if !errors.Is(err, ErrHeld) {
		err = fmt.Errorf("finding out whether altv-tray runs already, by the %s: %w", name, err)
	}
	return func() {}, err
}
