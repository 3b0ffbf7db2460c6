package settings

import (
	"cmp"
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
	var before *reading    // what the last look found, where it has to settle yet
	var wait time.Duration // 0: until the next beat
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(cmp.Or(wait, beat.Next(time.Now(), lookEvery))):
		}
		wait = 0
		now, isNew := s.look()
		switch {
		case !isNew:
			before = nil
		case before != nil && now.same(*before), len(now.data) > 0 && time.Since(now.written) >= settle:
			before = nil
			s.reload()
		default:
			before, wait = &now, settle
			if now.err == nil && len(now.data) == 0 {
				wait = emptyFor
			}
		}
	}
}
