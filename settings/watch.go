package settings

import (
	"context"
	"time"

	"altv-tray/monitor/beat"
)

const (
	lookEvery = time.Second // one stat each
	// settle is how long a file must stay unchanged before it is read: it may be half-written.
	settle = 100 * time.Millisecond
	// emptyFor is that time for an empty or missing file: many editors empty or delete a file
	// before they write it, and the defaults in between would replace good settings if the
	// new file is broken.
	emptyFor = 500 * time.Millisecond
)

// Watch takes over edits of the file, within a second each, until ctx ends.
func (s *Store) Watch(ctx context.Context) {
	var unsettled *reading
	for {
		wait := beat.Next(time.Now(), lookEvery)
		if unsettled != nil {
			wait = settle
			if unsettled.err == nil && len(unsettled.data) == 0 {
				wait = emptyFor
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
		unsettled = s.look(unsettled)
	}
}

// look takes the file in if it has changed, or returns what it found where that has to settle
// yet; before is that of the look before.
func (s *Store) look(before *reading) (unsettled *reading) {
	s.files.Lock()
	defer s.files.Unlock()
	if s.seen.isStill(s.file) {
		return nil
	}
	now := readFile(s.file)
	switch {
	case now.same(s.seen):
		s.seen = now
	case before != nil && now.same(*before), len(now.data) > 0 && time.Since(now.written) >= settle:
		s.take(now)
	default:
		return &now
	}
	return nil
}
