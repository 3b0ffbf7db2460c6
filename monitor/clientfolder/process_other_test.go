//go:build !windows

package clientfolder

import (
	"errors"
	"testing"
)

func TestStartIsForWindows(t *testing.T) {
	if err := Start(t.TempDir(), "127.0.0.1:7788"); !errors.Is(err, errors.ErrUnsupported) {
		t.Error(err)
	}
}
