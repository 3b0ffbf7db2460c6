package control

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
)

// The locks in the state folder. They end with the process that holds them,
// however it ends.
const (
	trayLock    = "altv-tray.lock"
	commandLock = "reconnect.lock"
)

// ErrHeld means that another process of this user has the lock.
var ErrHeld = errors.New("another altv-tray has it")

// LockTray makes this process the one tray app of the user. ErrHeld: there is
// one already. Call release at the end.
func LockTray(dir string) (release func(), err error) {
	f := flock.New(filepath.Join(dir, trayLock))
	got, err := f.TryLock()
	if err != nil {
		return nil, fmt.Errorf("locking %s: %w", f.Path(), err)
	}
	if !got {
		return nil, ErrHeld
	}
	return func() { _ = f.Close() }, nil
}

// LockCommand makes this process the one that reconnects without a tray app.
// It waits while another one does; waited tells that it had to.
func LockCommand(ctx context.Context, dir string) (release func(), waited bool, err error) {
	f := flock.New(filepath.Join(dir, commandLock))
	got, err := f.TryLock()
	if err == nil && !got {
		waited = true
		_, err = f.TryLockContext(ctx, 50*time.Millisecond)
	}
	if err != nil {
		return nil, waited, fmt.Errorf("waiting for another reconnect (%s): %w", f.Path(), err)
	}
	return func() { _ = f.Close() }, waited, nil
}
