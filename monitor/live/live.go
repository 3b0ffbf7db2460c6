// Package live holds values that several goroutines read and follow.
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

// Set replaces the value and wakes the followers if that changes it.
func (v *Value[T]) Set(to T) { v.Update(func(now *T) { *now = to }) }

// Update changes the value and wakes the followers if that makes a difference.
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

// Follow returns a channel that receives after changes, until stop. It is never closed.
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

// Wake wakes the loop that receives from a channel with room for one. If the loop has not yet
// received the last call, that stands for this one too.
func Wake(loop chan<- struct{}) {
	select {
	case loop <- struct{}{}:
	default:
	}
}
