package clientfolder

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"altv-tray/monitor/folder"
	"altv-tray/monitor/folder/foldertest"
)

func TestFindSet(t *testing.T) {
	for _, name := range []string{"altv.exe", "altv.toml"} {
		folder := t.TempDir()
		write(t, filepath.Join(folder, name), "")
		found, err := Find(folder)
		if err != nil || found != folder {
			t.Errorf("%s: %s, %v; want %s", name, found, err, folder)
		}
	}
	empty := t.TempDir()
	if err := os.Mkdir(filepath.Join(empty, "altv.exe"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, folder := range []string{empty, filepath.Join(empty, "none")} {
		_, err := Find(folder)
		if !errors.Is(err, ErrNotFound) || !strings.Contains(err.Error(), folder) {
			t.Errorf("%s: %v", folder, err)
		}
	}
}

func TestFirstClient(t *testing.T) {
	client := t.TempDir()
	write(t, filepath.Join(client, "altv.toml"), "")
	places := []string{t.TempDir(), client, t.TempDir()}
	found, err := firstClient("", places...)
	if err != nil || found != places[1] {
		t.Errorf("%+v, %v; want %+v", found, err, places[1])
	}
	if found, err := firstClient("", places[0]); !errors.Is(err, ErrNotFound) {
		t.Errorf("found %+v, %v", found, err)
	}
	// One that does not answer is ignored, and named where there is no other.
	foldertest.Silence(t, places[0])
	if found, err := firstClient("", places...); err != nil || found != client {
		t.Errorf("beside a silent one: %+v, %v", found, err)
	}
	if found, err := firstClient("", places[0]); !errors.Is(err, folder.ErrSilent) {
		t.Errorf("only a silent one: %+v, %v", found, err)
	}
}

// Nothing waits for a folder that does not answer.
func TestSilentClientFolder(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "altv.toml"), "debug = false")
	answers := foldertest.Silence(t, dir)
	_, findErr := Find(dir)
	_, readErr := ReadConfig(dir)
	_, logErr := LastFailure(dir, time.Time{})
	for i, err := range []error{findErr, readErr, logErr} {
		if !errors.Is(err, folder.ErrSilent) || !strings.Contains(err.Error(), dir) {
			t.Errorf("%d: %v", i, err)
		}
	}
	answers()
	if _, err := Find(dir); err != nil {
		t.Error(err)
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
