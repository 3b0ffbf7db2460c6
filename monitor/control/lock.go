package control

import (
	"context"
	"errors"
	"fmt"
	"os"
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
