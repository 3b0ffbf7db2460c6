package surroundings

import (
	"context"
	"time"

	"altv-tray/monitor"
	"altv-tray/monitor/beat"
	"altv-tray/monitor/gameserver"
	"altv-tray/settings"
)

// This file finds the server's folder where the profile names none. What is found
// is offered to the user. Until it is taken, it counts for the password alone: with
// a server that is known to want one, nothing is sent while none is stored.

// seekLimit is for a look at who has the server's port. One that is usual takes
// some 20 ms.
const seekLimit = 2 * time.Second

// foundFolder is what a look has found. The zero value: nobody has looked.
type foundFolder struct {
	address  string // of the server whose folder it is
	folder   string // empty: it was not found
	password bool   // its server.toml holds one
}

// ServerFolder is the folder of a profile's server: that of the profile, else the
// one that was found; empty where neither is known.
func (w *Watch) ServerFolder(p settings.Profile) string {
	if p.Folder != "" {
		return p.Folder
	}
	return w.foundOf(p).folder
}

// foundOf is what was found for a profile that names no folder.
func (w *Watch) foundOf(p settings.Profile) foundFolder {
	if found := w.offered.Get(); p.Folder == "" && found.address == numeric(p.Server) {
		return found
	}
	return foundFolder{}
}

// SeekServerFolder is ServerFolder after a look.
func (w *Watch) SeekServerFolder(ctx context.Context, p settings.Profile) string {
	if p.Folder == "" {
		w.seeking.Lock()
		defer w.seeking.Unlock()
		w.seek(ctx, p)
	}
	return w.ServerFolder(p)
}

// ServerBecameReady has the folder looked for: the server may be another one now.
func (w *Watch) ServerBecameReady() { nudge(w.seekNow) }

// seekWhenReady does what ServerBecameReady asks for, until the end. It waits a little:
// the look would take the processor's time at the very moment when a reconnect is due.
func (w *Watch) seekWhenReady(ctx context.Context) {
	for {
		select {
		case <-w.seekNow:
			select {
			case <-beat.After(2 * time.Second):
			case <-ctx.Done():
				return
			}
			w.SeekServerFolder(ctx, w.store.Current().Active())
		case <-ctx.Done():
			return
		}
	}
}

// withFolder gives a profile the folder by which its password is judged. It looks
// only where nobody has yet: a reconnect does not wait for the same look each time.
func (w *Watch) withFolder(ctx context.Context, p settings.Profile) settings.Profile {
	if p.Folder == "" && p.Password != settings.PasswordNone {
		w.seeking.Lock()
		if w.foundOf(p) == (foundFolder{}) {
			w.seek(ctx, p)
		}
		w.seeking.Unlock()
	}
	p.Folder = w.ServerFolder(p)
	return p
}

// seek looks for the folder of the profile's server. The caller holds seeking.
func (w *Watch) seek(ctx context.Context, p settings.Profile) {
	if w.system.ServerFolder == nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, seekLimit)
	defer cancel()
	now := foundFolder{address: numeric(p.Server)}
	now.folder = w.system.ServerFolder(ctx, now.address)
	if now.folder != "" {
		config, _ := gameserver.ReadConfig(now.folder)
		now.password = config.HasPassword
	} else if ctx.Err() != nil || w.monitor.Snapshot().Server != monitor.ServerReady {
		now = foundFolder{} // it may be found once the server runs
	}
	if before := w.offered.Get(); before == now {
		return
	}
	w.offered.Set(now)
	if now.folder != "" {
		w.log.Info("server_folder_found", "folder", now.folder, "profile", p.Name)
	}
	w.LookAgain()
	w.LookAtPassword()
}
