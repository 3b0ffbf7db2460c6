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

// What a process can lock: a folder, or the address of a client's debug port, by number where
// that is known.
const (
	TrayFolder      = "folder"    // makes it the one tray app with this state folder, which need not exist
	TrayClient      = "client"    // makes it the one tray app of this client: two would send each reconnect twice
	ClientReconnect = "reconnect" // makes it the one command without a tray app that reconnects this client
)

// Lock locks a folder or an address for this process until it calls release or ends. The error
// is ErrLocked if another process of this user has the lock; release may be called all the same.
//
// The lock is not a file, which can be deleted, but a name that the system grants to one
// process at a time.
func Lock(what, name string) (release func(), err error) {
	if what != TrayFolder || runtime.GOOS == "windows" {
		name = strings.ToLower(name)
	}
	name = what + " " + name
	sum := sha256.Sum256([]byte(name)) // the system's names are short and without slashes
	release, err = lockSystemName(hex.EncodeToString(sum[:16]))
	if err == nil {
		return release, nil
	}
	if !errors.Is(err, ErrLocked) {
		err = fmt.Errorf("finding out whether altv-tray runs already, by the %s: %w", name, err)
	}
	return func() {}, err
}
