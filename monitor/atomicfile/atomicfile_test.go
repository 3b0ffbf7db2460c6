package atomicfile

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"altv-tray/monitor/problem"
)

// alone fails if the folder has anything but the file.
func alone(t *testing.T, file string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(file))
	if err != nil || len(entries) != 1 || entries[0].Name() != filepath.Base(file) {
		t.Errorf("%v, %v; want %s alone", entries, err, filepath.Base(file))
	}
}

func TestWrite(t *testing.T) {
	file := filepath.Join(t.TempDir(), "x.toml")
	if err := os.WriteFile(TempPath(file), []byte("left by a process that was killed"), 0o400); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"a", "", "longer than before"} {
		if err := Write(file, []byte(text)); err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(file)
		if err != nil || string(got) != text {
			t.Errorf("got %q, %v; want %q", got, err, text)
		}
		if info, err := os.Stat(file); err != nil || runtime.GOOS != "windows" && info.Mode() != 0o600 {
			t.Errorf("%v, %v; want it for its owner alone", info.Mode(), err)
		}
		alone(t, file)
	}
}

func TestWriteReplacesALink(t *testing.T) {
	target, link := filepath.Join(t.TempDir(), "target"), filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(target, link); err != nil {
		if runtime.GOOS == "windows" {
			t.Skip(err) // links are only for some users there
		}
		t.Fatal(err)
	}
	if err := Write(link, nil); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Lstat(link); err != nil || !info.Mode().IsRegular() {
		t.Errorf("the link is still there: %v, %v", info, err)
	}
	if _, err := os.Stat(target); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the link was followed: %v", err)
	}
}

func TestWriteErrors(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "folder")
	if err := os.MkdirAll(filepath.Join(folder, "x"), 0o700); err != nil {
		t.Fatal(err)
	}
	var last *os.LinkError
	if err := Write(folder, nil); !errors.As(err, &last) {
		t.Errorf("a folder was replaced, or the error is no LinkError: %v", err)
	}
	alone(t, folder)
	file := filepath.Join(folder, "new", "x")
	if err := Write(file, nil); err != nil {
		t.Errorf("without its folder: %v", err)
	}
	if err := Write(filepath.Join(file, "y"), nil); err == nil {
		t.Error("no error below a file")
	}
}

func TestRewriteKeepsLinkAndMode(t *testing.T) {
	file := filepath.Join(t.TempDir(), "x.toml")
	path := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(file, path); err != nil && runtime.GOOS == "windows" {
		path = file // links are only for some users there
	} else if err != nil {
		t.Fatal(err)
	}
	if err := Rewrite(path, nil); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("without a file: %v", err)
	}
	for _, mode := range []os.FileMode{0o666, 0o640, 0o444} {
		if err := errors.Join(os.WriteFile(file, []byte("old"), 0o600), os.Chmod(file, mode)); err != nil {
			t.Fatal(err)
		}
		err, want := Rewrite(path, []byte("new")), "new"
		if mode == 0o444 {
			want = "old"
		}
		if (problem.CodeOf(err) == problem.ReadOnly) != (want == "old") || err != nil && want == "new" {
			t.Errorf("mode %v: %v", mode, err)
		}
		if got, err := os.ReadFile(file); err != nil || string(got) != want {
			t.Errorf("mode %v: got %q, %v", mode, got, err)
		}
		if info, err := os.Stat(file); err != nil || runtime.GOOS != "windows" && info.Mode() != mode {
			t.Errorf("%v, %v; want it for its owner alone", info.Mode(), err)
		}
		alone(t, file)
	}
	if info, err := os.Lstat(path); err != nil || path != file && info.Mode().IsRegular() {
		t.Errorf("the link is gone: %v, %v", info, err)
	}
	_ = os.Chmod(file, 0o600) // else Windows cannot remove it
}
