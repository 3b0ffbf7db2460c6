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
// most Limit long. After that the error is a *problem.Problem that names the folder
// and wraps ErrSilent, and so is every later one on the same folder, at once,
// until the late call has come back: so only a few goroutines wait for a folder
// that is gone. What a late call returns is dropped; what it does is done.
func Do[T any](dir string, do func() (T, error)) (T, error) {
	dir = filepath.Clean(dir)
	type result struct {
		value T
		err   error
	}
	var none T
	mu.Lock()
	silent := late[dir] > 0
	mu.Unlock()
	if silent {
		return none, errSilent(dir)
	}
	done := make(chan result, 1)
	isLate := false // guarded by mu
	go func() {
		var r result
		r.value, r.err = do()
		mu.Lock()
		defer mu.Unlock()
		if isLate {
			if late[dir]--; late[dir] == 0 {
				delete(late, dir)
			}
		}
		done <- r
	}()
	limit := time.NewTimer(Limit)
	defer limit.Stop()
	select {
	case r := <-done:
		return r.value, r.err
	case <-limit.C:
	}
	mu.Lock()
	defer mu.Unlock()
	select {
	case r := <-done:
		return r.value, r.err
	default:
		isLate = true
		late[dir]++
		return none, errSilent(dir)
	}
}

func errSilent(dir string) error {
	return problem.New(problem.FolderSilent).In(dir).Because(ErrSilent)
}
