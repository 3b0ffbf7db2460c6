package settings

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"altv-tray/monitor/problem"
)

func TestWriteFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "new", "settings.toml")
	for _, text := range []string{"a", "", "longer than before"} {
		if err := writeFile(file, []byte(text)); err != nil {
			t.Fatal(err)
		}
		if got := content(t, file); got != text {
			t.Errorf("got %q, want %q", got, text)
		}
	}
	if info, err := os.Stat(file); err != nil || runtime.GOOS != "windows" && info.Mode() != 0o600 {
		t.Errorf("%v, %v; want 0600", info, err)
	}
	onlyFile(t, file)
}

func TestWriteFileErrors(t *testing.T) {
	base := t.TempDir()
	folder := filepath.Join(base, "folder")
	if err := os.MkdirAll(filepath.Join(folder, "x"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := writeFile(folder, []byte("x")); problem.CodeOf(err) != problem.NotWritten {
		t.Errorf("a folder was replaced: %v", err)
	}
	circle := filepath.Join(t.TempDir(), "circle")
	symlink(t, circle, circle)
	if err := writeFile(circle, []byte("x")); err == nil {
		t.Error("a link to itself was written")
	}
	onlyFile(t, folder)
}

// symlink makes a symbolic link, or skips where Windows does not let it.
func symlink(t *testing.T, to, link string) {
	t.Helper()
	if err := os.Symlink(to, link); err != nil {
		if runtime.GOOS == "windows" {
			t.Skip(err)
		}
		t.Fatal(err)
	}
}

// onlyFile sees to it that no temporary file was left over.
func onlyFile(t *testing.T, file string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(file))
	if err != nil || len(entries) != 1 || entries[0].Name() != filepath.Base(file) {
		t.Errorf("%v, %v; want %s alone", entries, err, filepath.Base(file))
	}
}
