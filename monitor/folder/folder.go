// Package folder looks into folders that may stop answering for ever: one of a
// WSL that was shut down, a network drive that is away. The system then holds up
// each call on a file in it, and lets nobody cancel that.
package folder

import (
	"errors"
	"path/filepath"
	"sync"
	"time"

	"altv-tray/monitor/problem"
)

// Limit is how long Do waits. A disk that has to spin up may need longer; it then
// counts as silent for these seconds.
const Limit = time.Second

// ErrSilent is wrapped by Do's error where the folder did not answer in time.
var ErrSilent = errors.New("the folder does not answer")

var (
	mu   sync.Mutex
	late = map[string]int{} // calls that have outlasted Limit, by folder
)

// Do runs what touches a folder on a goroutine of its own and waits for it, at
// most for Limit. After that the error is a *problem.Problem that names the folder
// and wraps ErrSilent. Until the late call has come back, each further one on the
// same folder has that error at once, so that only a few goroutines wait for a
// folder that is gone. What a late call returns is dropped; what it does is done.
func Do[T any](dir string, do func() (T, error)) (T, error) {
	dir = filepath.Clean(dir)
	silent := problem.New(problem.FolderSilent).In(dir).Because(ErrSilent)
	type result struct {
		value T
		err   error
	}
	var none T
	if count(dir, 0) > 0 {
		return none, silent
	}
	done := make(chan result, 1)
	go func() {
		value, err := do()
		done <- result{value, err}
	}()
	select {
	case r := <-done:
		return r.value, r.err
	case <-time.After(Limit):
	}
	count(dir, 1)
	go func() {
		<-done
		count(dir, -1)
	}()
	return none, silent
}

// count adds to a folder's late calls and returns how many there are.
func count(dir string, more int) int {
	mu.Lock()
	defer mu.Unlock()
	if late[dir] += more; late[dir] == 0 {
		delete(late, dir)
		return 0
	}
	return late[dir]
}
