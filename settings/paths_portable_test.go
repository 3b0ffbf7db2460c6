package settings

import (
	"os"
	"path/filepath"
	"testing"
)

// What a program does beside which the mark lies is tried with the packed one,
// in assets/packaging.
func TestPortable(t *testing.T) {
	dir := t.TempDir()
	if isPortable(dir) {
		t.Error("portable without a mark")
	}
	mark := filepath.Join(dir, PortableMark)
	if err := os.Mkdir(mark, 0o700); err != nil {
		t.Fatal(err)
	}
	if isPortable(dir) {
		t.Error("a folder of that name is taken for the mark")
	}
	if err := os.Remove(mark); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(mark, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if !isPortable(dir) {
		t.Error("the mark is not seen")
	}
	want := Paths{filepath.Join(dir, "settings.toml"), filepath.Join(dir, "state"), filepath.Join(dir, "cache")}
	if got := portablePaths(dir); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}
