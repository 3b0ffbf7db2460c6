package settings

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// What a program does beside which the mark lies is tried with the packed one,
// in assets/packaging.
func TestPortable(t *testing.T) {
	dir := t.TempDir()
	mark := filepath.Join(dir, portableMark)
	if _, ok := portablePaths(dir); ok {
		t.Error("portable without a mark")
	}
	if err := os.Mkdir(mark, 0o700); err != nil {
		t.Fatal(err)
	}
	if _, ok := portablePaths(dir); ok {
		t.Error("a folder of that name is taken for the mark")
	}
	if err := errors.Join(os.Remove(mark), os.WriteFile(mark, nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	want := Paths{filepath.Join(dir, "settings.toml"), filepath.Join(dir, "state"), filepath.Join(dir, "cache")}
	if got, ok := portablePaths(dir); got != want || !ok {
		t.Errorf("got %+v, %v, want %+v", got, ok, want)
	}
}
