package live

import (
	"slices"
	"sync"
)

// feedKeeps is how many of the newest values a Feed keeps.
const feedKeeps = 64

// Feed is what is added over time. It keeps the newest 64 values. Its methods may be called from
// any goroutine. The zero Feed is empty.
type Feed[T any] struct {
	mu     sync.Mutex
	newest []T
	count  Value[int] // of all that were ever added
}

// Add adds a value and wakes the followers.
func (f *Feed[T]) Add(v T) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.newest = append(f.newest, v)
	if len(f.newest) > 2*feedKeeps {
		f.newest = slices.Clone(f.newest[len(f.newest)-feedKeeps:])
	}
	f.count.Update(func(n *int) { *n++ })
}

// After returns what was added after the first n values, oldest first, and the number of all.
func (f *Feed[T]) After(n int) (added []T, count int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	count = f.count.Get()
	return slices.Clone(f.newest[max(0, len(f.newest)-max(0, count-n)):]), count
}

// Follow is that of a Value.
func (f *Feed[T]) Follow() (changed <-chan struct{}, stop func()) { return f.count.Follow() }
