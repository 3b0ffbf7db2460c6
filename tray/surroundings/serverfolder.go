package surroundings

import (
	"cmp"
	"context"
	"time"

	"altv-tray/monitor"
	"altv-tray/monitor/live"
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
	address string // of the server whose folder it is
	folder  string // empty: it was not found
}

// ServerFolder is the folder of a profile's server: that of the profile, else the
// one that was found; empty where neither is known.
func (w *Watcher) ServerFolder(p settings.Profile) string {
	return cmp.Or(p.Folder, w.foundOf(p).folder)
}

// foundOf is what was found for a profile that names no folder.
func (w *Watcher) foundOf(p settings.Profile) foundFolder {
	if found := w.found.Get(); p.Folder == "" && found.address == numeric(p.Server) {
		return found
	}
	return foundFolder{}
}

// FindServerFolder is ServerFolder after a look: each time again, or only where nobody has looked
// yet.
func (w *Watcher) FindServerFolder(ctx context.Context, p settings.Profile, again bool) string {
	if p.Folder == "" {
		w.seeking.Lock()
		if again || w.foundOf(p) == (foundFolder{}) {
			w.seek(ctx, p)
		}
		w.seeking.Unlock()
	}
	return w.ServerFolder(p)
}

// ServerBecameReady has the folder looked for: the server may be another one now.
func (w *Watcher) ServerBecameReady() { live.Wake(w.folderDue) }

// seek looks for the folder of the profile's server. The caller holds seeking.
func (w *Watcher) seek(ctx context.Context, p settings.Profile) {
	ctx, cancel := context.WithTimeout(ctx, seekLimit)
	defer cancel()
	now := foundFolder{address: numeric(p.Server)}
	now.folder = w.system.FindServerFolder(ctx, now.address)
	if now.folder == "" && (ctx.Err() != nil || w.monitor.Snapshot().Server != monitor.ServerReady) {
		now = foundFolder{} // it may be found once the server runs
	}
	before := w.found.Get()
	if w.found.Set(now); now.folder == before.folder {
		return // so the keyring, which may have locked itself meanwhile, is not asked for nothing
	}
	if now.folder != "" {
		w.log.Info("server_folder_found", "folder", now.folder, "profile", p.Name)
	}
	w.Refresh()
	w.CheckPassword()
}
