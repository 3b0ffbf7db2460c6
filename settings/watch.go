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
	look := time.NewTicker(lookEvery)
	defer look.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-look.C:
			if s.changed() && s.settled(ctx) {
				s.reload()
			}
		}
	}
}

// settled waits until the file stays as it is. It returns false when ctx ends
// first.
func (s *Store) settled(ctx context.Context) bool {
	for before := readFile(s.file); ; {
		wait := settle
		if before.err == nil && len(before.data) == 0 {
			wait = emptyFor
		}
		select {
		case <-ctx.Done():
			return false
		case <-time.After(wait):
		}
		now := readFile(s.file)
		if now.same(before) {
			return true
		}
		before = now
	}
}
