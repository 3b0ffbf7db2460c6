// Package live has values that several goroutines read and follow.
package live

import (
	"slices"
	"sync"
)

// Value is a value that goroutines can follow. The zero Value holds the zero T.
type Value[T comparable] struct {
	mu        sync.Mutex
	value     T
	followers []chan struct{}
}

// Get returns the value.
func (v *Value[T]) Get() T {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.value
}

// Set replaces the value, and wakes the followers if the new one differs.
func (v *Value[T]) Set(to T) { v.Update(func(now *T) { *now = to }) }

// Update changes the value, and wakes the followers if the new one differs.
func (v *Value[T]) Update(change func(*T)) {
	v.mu.Lock()
	defer v.mu.Unlock()
	old := v.value
	if change(&v.value); v.value == old {
		return
	}
	for _, f := range v.followers {
		Wake(f)
	}
}

// Follow returns a channel that receives after changes until stop is called. It is never closed.
func (v *Value[T]) Follow() (changed <-chan struct{}, stop func()) {
	c := make(chan struct{}, 1)
	v.mu.Lock()
	defer v.mu.Unlock()
	v.followers = append(v.followers, c)
	return c, func() {
		v.mu.Lock()
		defer v.mu.Unlock()
		v.followers = slices.DeleteFunc(v.followers, func(other chan struct{}) bool { return other == c })
	}
}

// Wake sends to a channel with room for one value, unless it is full: then the receiver is about
// to wake up anyway.
func Wake(c chan<- struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// feedKeeps is how many of the newest values a Feed keeps.
const feedKeeps = 64

// Feed is a list to which values are added, of which it keeps the newest 64. Its methods may be
// called from any goroutine. The zero Feed is empty.
type Feed[T any] struct {
	mu     sync.Mutex
	newest []T
	count  Value[int] // of all that were ever added
}

// Add adds a value and wakes the followers.
func (f *Feed[T]) Add(v T) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.newest = append(f.newest, v); len(f.newest) > feedKeeps {
		f.newest = slices.Delete(f.newest, 0, 1)
	}
	f.count.Update(func(n *int) { *n++ })
}

// After returns the kept values that were added after the first n, oldest first, and how many
// were ever added.
func (f *Feed[T]) After(n int) (added []T, count int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	count = f.count.Get()
	return slices.Clone(f.newest[max(0, len(f.newest)-max(0, count-n)):]), count
}

// Follow is Value's Follow.
func (f *Feed[T]) Follow() (changed <-chan struct{}, stop func()) { return f.count.Follow() }
