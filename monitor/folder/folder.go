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

// late has, by folder, a channel that is closed when the last call that has outlasted Limit returns.
var late sync.Map

// Do runs do, which accesses a folder, and waits for it at most for Limit. After that the
// error is a *problem.Problem that names the folder and wraps ErrSilent. Until the late
// call returns, further ones on the same folder have that error at once, so that few
// goroutines wait. The late call's result is dropped.
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
