package settings

import (
	"context"
	"time"
)

const (
	lookEvery = 500 * time.Millisecond // one stat each
	// settle is for how long a file must stay as it is before it is read, as it
	// may be half-written.
	settle = 100 * time.Millisecond
	// emptyFor is the same for a file that is empty or gone. Many editors empty
	// or delete a file and then write it. On a busy computer that takes a while,
	// and the defaults in between would replace what is to stay in force if the
	// new file is broken.
	emptyFor = 500 * time.Millisecond
)

// Watch takes over edits of the file, within a second each, until ctx ends.
func (s *Store) Watch(ctx context.Context) {
	var before *reading // what the last look found, where it has to settle yet
	wait := lookEvery
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
		wait = lookEvery
		if before == nil && !s.changed() {
			continue
		}
		now := readFile(s.file)
		if before != nil && now.same(*before) {
			before = nil
			s.reload()
			continue
		}
		before, wait = &now, settle
		if now.err == nil && len(now.data) == 0 {
			wait = emptyFor
		}
	}
}
