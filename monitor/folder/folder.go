// Package folder limits the time of calls of the system that cannot be cancelled. A folder may stop
// answering for ever, such as one of a WSL that was shut down or of a disconnected network drive.
package folder

import (
	"context"
	"errors"
	"path/filepath"
	"sync"
	"time"

	"altv-tray/monitor/problem"
)

// Limit is how long Do waits. A disk that has to spin up may count as silent.
const Limit = time.Second

// ErrSilent is wrapped by Do's error if the folder did not answer in time.
var ErrSilent = errors.New("the folder does not answer")

// late has, for each folder, a channel that is closed when its last call that exceeded Limit
// returns.
var late sync.Map

// Do calls do, which accesses the folder, and waits for it at most for Limit. After that the
// error is a *problem.Problem that names the folder and wraps ErrSilent. Until the late call
// returns, further calls for the same folder return that error at once, so that few goroutines
// wait. The late call's result is dropped.
func Do[T any](dir string, do func() (T, error)) (T, error) {
	dir = filepath.Clean(dir)
	var none T
	silent := problem.New(problem.FolderSilent).In(dir).Because(ErrSilent)
	if returned, ok := late.Load(dir); ok {
		select {
		case <-returned.(chan struct{}):
		default:
			return none, silent
		}
	}
	var value T
	var err error
	returned := make(chan struct{})
	go func() {
		value, err = do()
		close(returned)
	}()
	select {
	case <-returned:
		return value, err
	case <-time.After(Limit):
		late.Store(dir, returned)
		return none, silent
	}
}

// Until calls do and waits for it until ctx ends. After that it returns ctx's error, and drops what
// do returns.
func Until[T any](ctx context.Context, do func() (T, error)) (T, error) {
	type result struct {
		value T
		err   error
	}
	returned := make(chan result, 1)
	go func() {
		value, err := do()
		returned <- result{value, err}
	}()
	select {
	case r := <-returned:
		return r.value, r.err
	case <-ctx.Done():
		return result{}.value, ctx.Err()
	}
}
