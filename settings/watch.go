package settings

import (
	"context"
	"time"

	"altv-tray/monitor/beat"
)

const (
	pollEvery = time.Second // one stat each
	// settleTime is how long a file must stay unchanged before it is read: it may be half-written.
	settleTime = 100 * time.Millisecond
	// settleTimeEmpty is that time for an empty or missing file: many editors empty or delete a file
	// before they write it, and the defaults in between would replace good settings if the
	// new file is broken.
	settleTimeEmpty = 500 * time.Millisecond
)

// Watch takes over edits of the file, within a second each, until ctx ends.
func (s *Store) Watch(ctx context.Context) {
	var unsettled *reading
	for {
		wait := beat.Next(time.Now(), pollEvery)
		if unsettled != nil {
			wait = settleTime
			if unsettled.err == nil && len(unsettled.data) == 0 {
				wait = settleTimeEmpty
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
		unsettled = s.poll(unsettled)
	}
}

// poll takes the file in if it has changed, or returns what it found where that has to settle
// yet; before is that of the poll before.
func (s *Store) poll(before *reading) (unsettled *reading) {
	s.files.Lock()
	defer s.files.Unlock()
	if s.last.unchanged(s.file) {
		return nil
	}
	now := readFile(s.file)
	switch {
	case now.same(s.last):
		s.last = now
	case before != nil && now.same(*before), len(now.data) > 0 && time.Since(now.written) >= settleTime:
		s.use(now)
	default:
		return &now
	}
	return nil
}
