package surroundings

import (
	"cmp"
	"context"
	"time"

	"altv-tray/monitor"
	"altv-tray/monitor/live"
	"altv-tray/settings"
)

// This file finds the server's folder if the profile names none. The folder is offered to the
// user. Until the user accepts it, it is used for the password alone: if its server.toml has a
// password, nothing is sent while none is stored.

// searchLimit is the time limit of a search, which usually takes some 20 ms.
const searchLimit = 2 * time.Second

// foundFolder is the result of a search. The zero value: there was none.
type foundFolder struct {
	address string // of the server whose folder it is
	folder  string // empty: it was not found
}

// ServerFolder returns the folder of a profile's server: that of the profile, else the one that
// was found, else "".
func (w *Watcher) ServerFolder(p settings.Profile) string {
	return cmp.Or(p.Folder, w.foundFor(p).folder)
}

// foundFor returns what was found for a profile that names no folder.
func (w *Watcher) foundFor(p settings.Profile) foundFolder {
	if found := w.found.Get(); p.Folder == "" && found.address == numeric(p.Server) {
		return found
	}
	return foundFolder{}
}

// FindServerFolder is ServerFolder after a search. Unless again is set, it searches only if
// there was no search yet.
func (w *Watcher) FindServerFolder(ctx context.Context, p settings.Profile, again bool) string {
	if p.Folder == "" {
		w.searching.Lock()
		if again || w.foundFor(p) == (foundFolder{}) {
			w.search(ctx, p)
		}
		w.searching.Unlock()
	}
	return w.ServerFolder(p)
}

// ServerBecameReady starts a search, as the server may be another one now.
func (w *Watcher) ServerBecameReady() { live.Wake(w.folderDue) }

// search searches the folder of the profile's server. The caller holds searching.
func (w *Watcher) search(ctx context.Context, p settings.Profile) {
	ctx, cancel := context.WithTimeout(ctx, searchLimit)
	defer cancel()
	found := foundFolder{address: numeric(p.Server)}
	found.folder = w.system.FindServerFolder(ctx, found.address)
	if found.folder == "" && (ctx.Err() != nil || w.monitor.Snapshot().Server != monitor.ServerReady) {
		found = foundFolder{} // it may be found once the server runs
	}
	before := w.found.Get()
	if w.found.Set(found); found.folder == before.folder {
		return // the keyring, which may have locked itself meanwhile, is not read in vain
	}
	if found.folder != "" {
		w.log.Info("server_folder_found", "folder", found.folder, "profile", p.Name)
	}
	w.Refresh()
	w.CheckPassword()
}
