// Package folder reads folders that may stop answering for ever, such as those of a WSL that
// was shut down or of a network drive that is away: no call on a file in one can be
// cancelled.
package folder

import (
	"errors"
	"path/filepath"
	"sync"
	"time"

	"altv-tray/monitor/problem"
)

// Limit is how long Do waits. A disk that has to spin up may count as silent.
const Limit = time.Second

// ErrSilent is wrapped by Do's error where the folder did not answer in time.
var ErrSilent = errors.New("the folder does not answer")

var (
	mu   sync.Mutex
	late = map[string]int{} // calls that have outlasted Limit, by folder
)

// Do runs do, which accesses a folder, and waits for it at most for Limit. After that the
// error is a *problem.Problem that names the folder and wraps ErrSilent. Until the late
// call returns, further ones on the same folder have that error at once, so that few
// goroutines wait. The late call's result is dropped.
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
