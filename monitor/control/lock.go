package control

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/gofrs/flock"
)

// commandLock is the file in the state folder by which commands wait for each other.
const commandLock = "reconnect.lock"

// ErrHeld means that another process of this user has the lock.
var ErrHeld = errors.New("another altv-tray has it")

// LockTray makes this process the user's one tray app with the state folder dir,
// where control.json can lead the commands to one only. The folder need not
// exist. ErrHeld: there is one already. Call release at the end.
//
// The lock is no file but a name that the system gives to one process at a time
// and takes back when that ends, however it ends: a file can be deleted under the
// process that has locked it.
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
	if host, port, err := net.SplitHostPort(strings.ToLower(address)); err == nil {
		if host == "localhost" {
			host = "127.0.0.1"
		}
		address = net.JoinHostPort(host, port)
	}
	return lockName("client " + address)
}

// lockName locks a name of any length and with any characters for this user.
func lockName(name string) (release func(), err error) {
	sum := sha256.Sum256([]byte(name))
	if release, err = lockSystemName(hex.EncodeToString(sum[:16])); err != nil && !errors.Is(err, ErrHeld) {
		err = fmt.Errorf("finding out whether altv-tray runs already, by the %s: %w", name, err)
	}
	return release, err
}

// LockCommand makes this process the one that reconnects without a tray app.
// It waits while another one does, after a call of waiting. Sent tells that the other one's reconnect
// was accepted meanwhile, so that a second would be one too many. Call release
// at the end, and tell it whether this one's was.
func LockCommand(ctx context.Context, dir string, waiting func()) (release func(sent bool), sent bool, err error) {
	f := flock.New(filepath.Join(dir, commandLock))
	begun := time.Now()
	got, err := f.TryLock()
	waited := err == nil && !got
	if waited {
		waiting()
		_, err = f.TryLockContext(ctx, 50*time.Millisecond)
	}
	if err != nil {
		return nil, false, fmt.Errorf("waiting for another reconnect (%s): %w", f.Path(), err)
	}
	// The file's time is that of the last one that was accepted.
	info, err := os.Stat(f.Path())
	release = func(sent bool) {
		if now := time.Now(); sent {
			_ = os.Chtimes(f.Path(), now, now) // else another may be sent, as without the lock
		}
		_ = f.Close()
	}
	return release, waited && err == nil && !info.ModTime().Before(begun), nil
}
