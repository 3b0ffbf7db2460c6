package settings

import (
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

// Watch takes edits of the file over until ctx ends, within a second each. The
// file's folder is made if it is missing. While it cannot be watched, or has
// vanished, the file is looked at every 2 s instead, and the log says so. While
// it is watched that happens every 10 s, as there are folders, most of all on a
// network, of which the system takes the order to watch and reports nothing. The
// error is that of making the folder; with it, too, the looking goes on until
// ctx ends.
func (s *Store) Watch(ctx context.Context) error {
	folder := filepath.Dir(s.file)
	var failed error
	if err := os.MkdirAll(folder, 0o700); err != nil {
		failed = fmt.Errorf("making the settings folder %s: %w", folder, err)
	}
	watched, polling := s.listen(), false
	defer func() { watched.close() }()

	poll := time.NewTicker(s.pace(watched))
	defer poll.Stop()
	// Armed at once, for what changed between Open and now.
	settle := time.NewTimer(s.settle)
	defer settle.Stop()
	settling, doubted := true, false
	changing := func() {
		settle.Reset(s.settle)
		settling, doubted = true, false
	}
	listenAgain := func() {
		if watched.current(s.file) {
			return
		}
		watched.close()
		if watched = s.listen(); watched.err == nil {
			changing() // for what changed before the listening began
		}
	}
	for {
		if watched.err != nil && !polling {
			slog.Warn("settings_folder_not_watched", "folder", folder, "looking_every", s.poll, "error", watched.err)
		} else if watched.err == nil && polling {
			slog.Info("settings_folder_watched_again", "folder", folder)
		}
		if blind := watched.err != nil; blind != polling {
			polling = blind
			poll.Reset(s.pace(watched))
		}

		select {
		case <-ctx.Done():
			return failed
		case event := <-watched.events:
			if watched.lostBy(event) {
				watched.close()
				watched = &watch{err: fmt.Errorf("the folder is gone: %w", fs.ErrNotExist)}
			} else if !watched.concerns(event) {
				continue
			}
			changing()
		case err := <-watched.errors:
			// Most of all an overflow: what happened is then not known.
			slog.Warn("settings_folder_events_lost", "folder", folder, "error", err)
			changing()
		case <-settle.C:
			// Many an editor empties or deletes the file and writes it then. On
			// a busy computer that takes a while, and the defaults in between
			// would replace what is to stay in force if the new file is broken.
			if !doubted && s.emptied() {
				doubted = true
				settle.Reset(emptyFor)
				continue
			}
			settling, doubted = false, false
			s.reload()
			if !polling {
				listenAgain()
			}
			s.looked()
		case <-poll.C:
			listenAgain()
			// An edit seen only here gets its time to settle too.
			if !settling && s.changed() {
				changing()
			}
			s.looked()
		}
	}
}

// emptyFor is for how long a file must have stayed empty, or away, to be so.
const emptyFor = 500 * time.Millisecond

// pace is the time from one look at the file to the next.
func (s *Store) pace(w *watch) time.Duration {
	if w.err != nil {
		return s.poll
	}
	return 5 * s.poll
}

// watch is what the system was asked to report. Its channels are nil, and so
// never ready, where err says why nothing is reported.
type watch struct {
	watcher *fsnotify.Watcher
	places  []place
	events  <-chan fsnotify.Event
	errors  <-chan error
	err     error
}

// place is a file and its folder as it was when the watching began.
type place struct {
	file   string
	folder fs.FileInfo
}

// places are the settings file and, where it is a link to one in another folder,
// that one: changes there are not reported for the link's folder.
func places(file string) ([]place, error) {
	files := []string{file}
	if target, err := filepath.EvalSymlinks(file); err == nil {
		files = append(files, target)
	}
	var found []place
	for _, f := range files {
		folder, err := os.Stat(filepath.Dir(f))
		if err != nil {
			return nil, err
		}
		os.SameFile(folder, folder) // Windows finds a folder's identity out when first asked: now, not later
		known := slices.ContainsFunc(found, func(p place) bool {
			return os.SameFile(p.folder, folder) && filepath.Base(p.file) == filepath.Base(f)
		})
		if !known {
			found = append(found, place{f, folder})
		}
	}
	return found, nil
}

func (s *Store) listen() *watch {
	found, err := places(s.file)
	if err != nil {
		return &watch{err: err}
	}
	watcher, err := s.newWatcher()
	if err != nil {
		return &watch{err: err}
	}
	for _, p := range found {
		if err := watcher.Add(filepath.Dir(p.file)); err != nil {
			watcher.Close()
			return &watch{err: err}
		}
	}
	return &watch{watcher: watcher, places: found, events: watcher.Events, errors: watcher.Errors}
}

func (w *watch) close() {
	if w.watcher != nil {
		w.watcher.Close()
	}
}

// current tells whether the folders watched are still those to watch: one that
// was moved away goes on being watched under its new name.
func (w *watch) current(file string) bool {
	now, err := places(file)
	return w.err == nil && err == nil && slices.EqualFunc(now, w.places, func(a, b place) bool {
		return a.file == b.file && os.SameFile(a.folder, b.folder)
	})
}

// lostBy tells whether an event is the end of a watched folder itself.
func (w *watch) lostBy(event fsnotify.Event) bool {
	return event.Has(fsnotify.Remove|fsnotify.Rename) && slices.ContainsFunc(w.places, func(p place) bool {
		return event.Name == filepath.Dir(p.file)
	})
}

// concerns leaves out the folder's other files, as a busy neighbour would keep
// the settings from ever settling.
func (w *watch) concerns(event fsnotify.Event) bool {
	return slices.ContainsFunc(w.places, func(p place) bool {
		return strings.EqualFold(filepath.Base(event.Name), filepath.Base(p.file))
	})
}
