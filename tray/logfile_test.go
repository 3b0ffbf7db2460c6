package tray

import (
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// On Windows nobody can delete an open file.
func TestLogIsBegunAnewWhereItWasDeleted(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "state")
	log, closeLog, err := OpenLog(dir, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	defer closeLog()
	file := filepath.Join(dir, LogName)
	log.Info("first")
	if err := os.RemoveAll(dir); err != nil {
		if runtime.GOOS == "windows" {
			t.Skip(err) // it deletes no folder with an open file
		}
		t.Fatal(err)
	}
	log.Info("second")
	log.Info("third")
	text, err := os.ReadFile(file)
	if err != nil || strings.Contains(string(text), "first") || strings.Count(string(text), "\n") != 2 {
		t.Errorf("%q, %v", text, err)
	}
	for path, mode := range map[string]os.FileMode{dir: 0o700, file: 0o600} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != mode {
			t.Errorf("%s: %v, %v", path, info.Mode(), err)
		}
	}
}

// OpenLog makes the state folder, for its owner alone.
func TestStateFolderIsForItsOwnerAlone(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "state", "altv-tray")
	_, closeLog, err := OpenLog(dir, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	defer closeLog()
	if info, err := os.Stat(dir); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o700 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}
