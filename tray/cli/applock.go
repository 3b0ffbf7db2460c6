package cli

import (
	"context"
	"errors"

	"altv-tray/monitor/control"
	"altv-tray/settings"
)

// appLock makes this process the one tray app of its state folder and its client.
type appLock struct {
	folder, client func() // release them
	address        string // the client's; empty before there were sound settings
}

// lockApp locks the state folder and the client of the settings in force. It returns
// control.ErrHeld if another app has one of them. With another error it holds what it could
// lock.
func lockApp(stateDir string, store *settings.Store) (*appLock, error) {
	l := &appLock{client: func() {}}
	var err error
	if l.folder, err = control.LockTray(stateDir); !errors.Is(err, control.ErrHeld) {
		err = errors.Join(err, l.watch(store))
	}
	if errors.Is(err, control.ErrHeld) {
		l.release()
	}
	return l, err
}

// watch locks the client of the settings in force, instead of the one before. It changes
// nothing while the settings file is broken, as the client is not known then.
func (l *appLock) watch(store *settings.Store) (err error) {
	address := store.Current().Client.Address
	if store.Problem() != nil || address == l.address {
		return nil
	}
	l.client()
	l.address = address
	l.client, err = control.LockClient(address)
	return err
}

// follow does watch at each change of the settings, and calls held if another app has the
// new client.
func (l *appLock) follow(ctx context.Context, store *settings.Store, held func(address string)) {
	changed, unsubscribe := store.Subscribe()
	defer unsubscribe()
	for {
		if errors.Is(l.watch(store), control.ErrHeld) {
			held(l.address)
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return
		}
	}
}

func (l *appLock) release() {
	l.client()
	l.folder()
}
