package folder

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestAnswers(t *testing.T) {
	odd := errors.New("odd")
	if n, err := Do(t.TempDir(), func() (int, error) { return 7, odd }); n != 7 || err != odd {
		t.Errorf("%d, %v", n, err)
	}
}

// While one call hangs, others are refused at once, on that folder alone.
func TestSilentFolder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const dir = "/mnt/away"
		answer := make(chan struct{})
		hangs := func() (int, error) { <-answer; return 1, nil }
		silent := func(dir string, after time.Duration) {
			t.Helper()
			began := time.Now()
			n, err := Do(dir, func() (int, error) {
				if after == 0 {
					t.Error("it was called")
				}
				return hangs()
			})
			if n != 0 || !errors.Is(err, ErrSilent) || !strings.Contains(err.Error(), filepath.Clean(dir)+": ") {
				t.Errorf("%d, %v", n, err)
			}
			if took := time.Since(began); took != after {
				t.Errorf("refused after %v, want %v", took, after)
			}
		}
		go silent(dir, Limit) // two at the same moment
		silent(dir, Limit)
		synctest.Wait()
		silent(dir, 0)
		silent(dir+"/", 0)
		if n, err := Do("/mnt/there", func() (int, error) { return 2, nil }); n != 2 || err != nil {
			t.Errorf("another folder: %d, %v", n, err)
		}
		close(answer)
		synctest.Wait()
		if n, err := Do(dir, func() (int, error) { return 3, nil }); n != 3 || err != nil {
			t.Errorf("it answers again: %d, %v", n, err)
		}
	})
}

func TestUntil(t *testing.T) {
	odd := errors.New("odd")
	if n, err := Until(t.Context(), func() (int, error) { return 7, odd }); n != 7 || err != odd {
		t.Errorf("%d, %v", n, err)
	}
	synctest.Test(t, func(t *testing.T) {
		const limit = 2 * time.Second
		ctx, cancel := context.WithTimeout(t.Context(), limit)
		defer cancel()
		answer := make(chan struct{})
		began := time.Now()
		n, err := Until(ctx, func() (int, error) { <-answer; return 1, nil })
		if n != 0 || err != context.DeadlineExceeded || time.Since(began) != limit {
			t.Errorf("%d, %v after %v", n, err, time.Since(began))
		}
		close(answer)
	})
}
