package cli

import (
	"context"
	"errors"
	"sync"

	"altv-tray/monitor/control"
	"altv-tray/settings"
)

// appLock makes this process the user's one tray app, of its state folder and of
// the client that it watches.
type appLock struct {
	folder, client func() // release them
	address        string // the client's, empty before the settings have told it
}

// lockApp locks the state folder and the client of the settings in force.
// control.ErrHeld: another app has one of them. With another error the lock
// holds what could be locked, which may be nothing.
func lockApp(stateDir string, store *settings.Store) (*appLock, error) {
	l := &appLock{folder: func() {}, client: func() {}}
	release, err := control.LockTray(stateDir)
	if err == nil {
		l.folder = release
	}
	if !errors.Is(err, control.ErrHeld) {
		err = errors.Join(err, l.watch(store))
	}
	if errors.Is(err, control.ErrHeld) {
		l.release()
	}
	return l, err
}

// watch locks the client of the settings in force, in place of the one before.
// While the file is broken nobody knows which client is meant, as at a start with
// the defaults in its place: nothing changes then.
func (l *appLock) watch(store *settings.Store) error {
	address := store.Current().Client.Address
	if store.Problem() != nil || address == l.address {
		return nil
	}
	l.client()
	l.address, l.client = address, func() {}
	release, err := control.LockClient(address)
	if err == nil {
		l.client = release
	}
	return err
}

// follow does watch at each change of the settings until end is called. Where
// another app has the new client, both go on: held is called with its address.
func (l *appLock) follow(store *settings.Store, held func(address string)) (end func()) {
	changed, unsubscribe := store.Subscribe()
	ctx, stop := context.WithCancel(context.Background())
	var following sync.WaitGroup
	following.Go(func() {
		for {
			select {
			case <-changed:
				if errors.Is(l.watch(store), control.ErrHeld) {
					held(l.address)
				}
			case <-ctx.Done():
				return
			}
		}
	})
	return func() {
		unsubscribe()
		stop()
		following.Wait()
	}
}

func (l *appLock) release() {
	l.client()
	l.folder()
}
