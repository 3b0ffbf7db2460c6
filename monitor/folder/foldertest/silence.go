// Package foldertest has folders that do not answer, for tests.
package foldertest

import (
	"errors"
	"sync"
	"testing"

	"altv-tray/monitor/folder"
)

// Silence makes dir a folder that does not answer, until answers is called or the
// test ends. Nothing but what goes through package folder notices.
func Silence(t testing.TB, dir string) (answers func()) {
	t.Helper()
	wait := make(chan struct{})
	if _, err := folder.Do(dir, func() (int, error) { <-wait; return 0, nil }); !errors.Is(err, folder.ErrSilent) {
		t.Fatalf("it is not silent: %v", err)
	}
	answers = sync.OnceFunc(func() {
		close(wait)
		// The call that is late comes back a moment later.
		for {
			if _, err := folder.Do(dir, func() (int, error) { return 0, nil }); err == nil {
				return
			}
		}
	})
	t.Cleanup(answers)
	return answers
}
